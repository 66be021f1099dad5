import type { ReactNode } from 'react';
import { Plus, type LucideIcon } from 'lucide-react';
import { Icon } from '@/shared/ui/Icon';
import s from './ContactPanel.module.css';

export function Block({ title, add, onAdd, children }: { title: string; add?: string; onAdd?: () => void; children?: ReactNode }) {
  return (
    <section className={s.block}>
      <h2>
        {title}
        {add && (
          <button type="button" aria-label={add} title={add} onClick={onAdd}>
            <Icon of={Plus} size={15} />
          </button>
        )}
      </h2>
      {children}
    </section>
  );
}

export const Fact = ({ icon, sub, children }: { icon: LucideIcon; sub?: string | undefined; children: ReactNode }) => (
  <div className={s.fact}>
    <Icon of={icon} size={15} />
    <span className={`${s.value} cut`}>{children}</span>
    {sub && <small>{sub}</small>}
  </div>
);
