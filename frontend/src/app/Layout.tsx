import { Suspense } from 'react';
import { Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { WorkspaceBanners } from '@/features/workspace';
import { useConnection } from '@/shared/api/connection';
import { TipHost } from '@/shared/ui/TipHost';
import { HelpSheet } from './HelpSheet';
import { Notifier } from './Notifier';
import { Overlays } from './Overlays';
import { Rail } from './Rail';
import s from './Layout.module.css';

/** The window: rail on the left, one screen on the right, what floats above both. */
export function Layout() {
  const { t } = useTranslation();
  const connection = useConnection();
  return (
    <div className={s.window}>
      <Rail />
      <div className={s.rest}>
        {connection === 'lost' && (
          <div className={s.banner} role="status">
            {t('connection.lost')}
          </div>
        )}
        <WorkspaceBanners />
        <main className={s.main}>
          <Suspense>
            <Outlet />
          </Suspense>
        </main>
      </div>
      <HelpSheet />
      <Notifier />
      <Overlays />
      <TipHost />
    </div>
  );
}
