import { useState } from 'react';
import { Button, Popover } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { DoorOpen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useHost } from '@/shared/host';
import { useActions } from '@/shared/lib/actions';
import { useErrorText } from '@/shared/lib/useErrorText';
import { complain } from '@/shared/ui/complain';
import { railPopover } from './RailButton';
import s from './DemoMark.module.css';

/** Says on every screen that this is a demo, and leads out of it. */
export function DemoMark() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const host = useHost();
  const [open, setOpen] = useState(false);
  const leave = useMutation({ mutationFn: () => host.leaveDemo(), onError: (cause) => complain(errorText(cause)) });
  useActions([{ id: 'demo.leave', group: 'everywhere', label: t('demo.leave'), icon: DoorOpen, run: () => leave.mutate() }]);
  return (
    <Popover {...railPopover} opened={open} onChange={setOpen} width={300}>
      <Popover.Target>
        <button className={s.mark} aria-label={t('demo.about')} aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('demo.mark')}
        </button>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={t('demo.about')}>
        <div className={s.about}>
          <b>{t('demo.hint')}</b>
          <p>{t('demo.apart')}</p>
          <Button fullWidth data-autofocus onClick={() => leave.mutate()} loading={leave.isPending}>
            {t('demo.leave')}
          </Button>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
