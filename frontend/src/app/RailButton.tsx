import type { ComponentPropsWithRef } from 'react';
import { Tooltip, type PopoverProps } from '@mantine/core';
import type { LucideIcon } from 'lucide-react';
import { Icon } from '@/shared/ui/Icon';
import s from './Rail.module.css';

export const railPopover = {
  position: 'right-end',
  offset: 10,
  trapFocus: true,
  returnFocus: true,
} as const satisfies Partial<PopoverProps>;

type Props = ComponentPropsWithRef<'button'> & { label: string; icon: LucideIcon; alert?: boolean };

export function RailButton({ label, icon, alert, className, ...rest }: Props) {
  return (
    <Tooltip label={label} position="right">
      <button type="button" className={[s.item, className].filter(Boolean).join(' ')} aria-label={label} {...rest}>
        <Icon of={icon} size={19} stroke={1.75} />
        {alert && <i className={s.alert} />}
      </button>
    </Tooltip>
  );
}
