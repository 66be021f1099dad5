import { useTranslation } from 'react-i18next';
import { useLook } from '@/shared/lib/look';
import { layout } from '@/shared/ui/theme';
import s from './Resizer.module.css';

const within = (width: number) => Math.round(Math.min(layout.listMax, Math.max(layout.listMin, width)));

/** The edge of the list: dragged, moved with the arrows, put back with a double click. Widths are px at scale 100 %. */
export function Resizer({ width, onWidth }: { width: number | null; onWidth: (width: number | null) => void }) {
  const { t } = useTranslation();
  const { fontScale } = useLook();

  const onPointerDown = (event: React.PointerEvent<HTMLDivElement>) => {
    const edge = event.currentTarget;
    const left = edge.parentElement?.getBoundingClientRect().left ?? 0;
    edge.setPointerCapture(event.pointerId);
    const move = (e: PointerEvent) => onWidth(within((e.clientX - left) / fontScale));
    const end = () => {
      edge.removeEventListener('pointermove', move);
      edge.removeEventListener('pointerup', end);
      edge.removeEventListener('pointercancel', end);
    };
    edge.addEventListener('pointermove', move);
    edge.addEventListener('pointerup', end);
    edge.addEventListener('pointercancel', end);
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const by = event.key === 'ArrowLeft' ? -8 : event.key === 'ArrowRight' ? 8 : 0;
    if (by === 0) return;
    event.preventDefault();
    onWidth(within((width ?? layout.list) + by));
  };

  return (
    <div
      className={s.edge}
      role="separator"
      aria-orientation="vertical"
      aria-label={t('inbox.list.resize')}
      aria-valuemin={layout.listMin}
      aria-valuemax={layout.listMax}
      aria-valuenow={width ?? layout.list}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
      onDoubleClick={() => onWidth(null)}
    />
  );
}
