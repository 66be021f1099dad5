import { Check } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/shared/ui/Icon';
import s from './Steps.module.css';

const names = ['network', 'login', 'ready'] as const;

/** How far it has come. */
export function Steps({ at, done }: { at: number; done: boolean }) {
  const { t } = useTranslation();
  return (
    <ol className={s.steps}>
      {names.map((name, i) => {
        const past = i < at || (done && i === at);
        return (
          <li
            key={name}
            data-at={(i === at && !past) || undefined}
            data-done={past || undefined}
            aria-current={i === at ? 'step' : undefined}
          >
            <i>{past ? <Icon of={Check} size={11} stroke={3} /> : i + 1}</i>
            {t(`connect.step.${name}`)}
          </li>
        );
      })}
    </ol>
  );
}
