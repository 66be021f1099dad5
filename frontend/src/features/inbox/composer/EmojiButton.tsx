import { lazy, Suspense, useState } from 'react';
import { Popover } from '@mantine/core';
import { Smile } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Icon } from '@/shared/ui/Icon';
import { Tool } from '@/shared/ui/bits';

const EmojiPicker = lazy(() => import('./EmojiPicker'));

export function EmojiButton({ onPick }: { onPick: (emoji: string) => void }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <Popover opened={open} onChange={setOpen} position="top-start" trapFocus returnFocus>
      <Popover.Target>
        <Tool label={t('inbox.composer.emoji')} on={open} onClick={() => setOpen(!open)}>
          <Icon of={Smile} />
        </Tool>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={t('inbox.composer.emoji')}>
        <Suspense fallback={<div style={{ width: '21rem', height: '22rem' }} />}>
          <EmojiPicker
            onPick={(emoji, more) => {
              onPick(emoji);
              if (!more) setOpen(false);
            }}
          />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
