import { Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useBoot } from '@/shared/api/boot';
import { Face } from '@/shared/ui/Face';
import s from './Rail.module.css';

/** Who sits here. */
export function Me() {
  const { t } = useTranslation();
  const boot = useBoot();
  const name = boot?.profile.name || t('me.nobody');
  const quiet = boot?.settings.do_not_disturb ?? false;
  return (
    <Tooltip label={quiet ? t('me.quiet', { name }) : name} position="right">
      <span className={s.me} role="img" aria-label={name}>
        <Face name={name} size={30} />
        <i data-dnd={quiet || undefined} />
      </span>
    </Tooltip>
  );
}
