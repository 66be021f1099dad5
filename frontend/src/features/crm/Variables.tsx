import { useTranslation } from 'react-i18next';
import s from './Crm.module.css';

/** AMO-6: what a template may hold. */
const names = ['CHANNEL', 'NAME', 'USERNAME', 'SOURCE', 'SOURCENAME', 'IDENTITY', 'DOMAIN'] as const;

/** A click puts a substitution in. */
export function Variables({ onInsert }: { onInsert: (name: string) => void }) {
  const { t } = useTranslation();
  return (
    <div className={s.vars} role="group" aria-label={t('crm.form.substitutions')}>
      {names.map((name) => (
        <button key={name} type="button" title={t(`crm.substitution.${name}`)} onClick={() => onInsert(`%${name}%`)}>
          {`%${name}%`}
        </button>
      ))}
    </div>
  );
}
