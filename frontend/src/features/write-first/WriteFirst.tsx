import { lazy, Suspense, useState } from 'react';
import { SquarePen } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useActions } from '@/shared/lib/actions';

const WriteFirstDialog = lazy(() => import('./WriteFirstDialog').then((file) => ({ default: file.WriteFirstDialog })));

/** Ctrl+N anywhere. A browser keeps that key for itself, Alt+N is left to us everywhere. */
export function WriteFirst({ onOpen }: { onOpen: (conversationId: number) => void }) {
  const { t } = useTranslation();
  const [to, setTo] = useState<string | null>(null);
  useActions([
    {
      id: 'write-first',
      group: 'everywhere',
      label: t('write_first.action'),
      icon: SquarePen,
      keys: ['mod+n', 'alt+n'],
      run: (address) => setTo(address ?? ''),
    },
  ]);
  if (to === null) return null;
  return (
    <Suspense>
      <WriteFirstDialog
        to={to}
        onClose={() => setTo(null)}
        onOpen={(id) => {
          setTo(null);
          onOpen(id);
        }}
      />
    </Suspense>
  );
}
