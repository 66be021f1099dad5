import { Check, CheckCheck, CircleAlert, Clock3 } from 'lucide-react';
import type { Tick } from '@/shared/api/schema.gen';
import { useT } from '@/shared/lib/words';
import { Icon } from '@/shared/ui/Icon';
import s from './Ticks.module.css';

const icons = { sending: Clock3, sent: Check, delivered: CheckCheck, read: CheckCheck, error: CircleAlert } as const;

/** How far a message of ours has come. Blue is only for «read». */
export function Ticks({ tick, size = 15 }: { tick: Tick; size?: number }) {
  const t = useT();
  const small = tick === 'sending' || tick === 'error';
  return (
    <Icon of={icons[tick]} size={small ? size - 2 : size} stroke={2.2} className={`${s.tick} ${s[tick]}`} label={t(`inbox.tick.${tick}`)} />
  );
}
