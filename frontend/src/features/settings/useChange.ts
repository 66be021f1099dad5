import { useSaveSettings } from '@/shared/api/boot';
import type { UiSettings } from '@/shared/api/schema.gen';
import { useErrorText } from '@/shared/lib/useErrorText';
import { complain } from '@/shared/ui/complain';

/** Takes effect at once; taken back with a word when it is refused. */
export function useChange(): (change: Partial<UiSettings>) => void {
  const save = useSaveSettings();
  const text = useErrorText();
  return (change) => void save(change).catch((cause: unknown) => complain(text(cause)));
}
