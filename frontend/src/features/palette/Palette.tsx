import { lazy, Suspense, useState } from 'react';
import { Command } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useActions } from '@/shared/lib/actions';

const PaletteDialog = lazy(() => import('./PaletteDialog').then((file) => ({ default: file.PaletteDialog })));

/** Ctrl+K anywhere: conversations and everything that can be done right now, by typing. */
export function Palette({ onConversation }: { onConversation: (id: number) => void }) {
  const { t } = useTranslation();
  const [turn, setTurn] = useState(0);
  useActions([
    {
      id: 'palette',
      group: 'everywhere',
      label: t('palette.title'),
      icon: Command,
      keys: ['mod+k'],
      quiet: true,
      run: () => setTurn((old) => Math.abs(old) + 1),
    },
  ]);
  return (
    turn > 0 && (
      <Suspense>
        <PaletteDialog key={turn} onClose={() => setTurn((old) => -Math.abs(old))} onConversation={onConversation} />
      </Suspense>
    )
  );
}
