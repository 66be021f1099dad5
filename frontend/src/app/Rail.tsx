import { Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/shared/ui/Icon';
import { places } from './places';
import s from './Rail.module.css';

export function Rail() {
  const { t } = useTranslation();
  return (
    <nav className={s.rail} aria-label={t('places.nav')}>
      {places.map(({ to, label, icon }) => (
        <Tooltip key={to} label={t(label)} position="right">
          <Link to={to} className={s.item} aria-label={t(label)} activeProps={{ 'aria-current': 'page' }}><Icon of={icon} size={20} stroke={1.75} /></Link>
        </Tooltip>
      ))}
      <span className={s.grow} />
    </nav>
  );
}
