import type { ReactNode } from 'react';
import { useHost } from '../host';
import { safeUrl } from '../lib/links';
import s from './OutLink.module.css';

/** A link out of the app. What may not be opened is shown as text. */
export function OutLink({ to, children, className }: { to: string; children: ReactNode; className?: string | undefined }) {
  const host = useHost();
  const url = safeUrl(to);
  if (!url) return <span className={className}>{children}</span>;
  return (
    <a
      className={className ?? s.link}
      href={url}
      title={url}
      target="_blank"
      rel="noopener noreferrer"
      onClick={(event) => {
        event.preventDefault();
        void host.openExternal(url);
      }}
    >
      {children}
    </a>
  );
}
