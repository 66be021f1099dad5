import { useNavigate } from '@tanstack/react-router';
import { Blocks, Cable, ChartColumn, FileSpreadsheet, MessagesSquare, ScrollText, Search, Settings, Zap } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useActions } from '@/shared/lib/actions';

/** Ways to the sections for the keyboard and the palette. */
export function PlaceActions() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  useActions([
    {
      id: 'search.all',
      group: 'everywhere',
      label: t('search.action'),
      icon: Search,
      keys: ['mod+shift+f'],
      run: (words) => void navigate({ to: '/search', search: { q: words || undefined } }),
    },
    { id: 'go.chats', group: 'everywhere', label: t('places.chats'), icon: MessagesSquare, run: () => void navigate({ to: '/chats' }) },
    {
      id: 'go.journal',
      group: 'everywhere',
      label: t('places.journal'),
      icon: ScrollText,
      run: () => void navigate({ to: '/journal' }),
    },
    { id: 'go.crm', group: 'everywhere', label: t('places.crm'), icon: Blocks, run: () => void navigate({ to: '/crm' }) },
    {
      id: 'go.analytics',
      group: 'everywhere',
      label: t('places.analytics'),
      icon: ChartColumn,
      run: () => void navigate({ to: '/analytics' }),
    },
    {
      id: 'go.exports',
      group: 'everywhere',
      label: t('places.exports'),
      icon: FileSpreadsheet,
      run: () => void navigate({ to: '/exports' }),
    },
    { id: 'go.channels', group: 'everywhere', label: t('places.channels'), icon: Cable, run: () => void navigate({ to: '/channels' }) },
    {
      id: 'channel.edit',
      group: 'everywhere',
      label: t('places.channels'),
      quiet: true,
      run: (id) => void navigate({ to: '/channels/$id', params: { id: id ?? '' } }),
    },
    {
      id: 'quick-replies',
      group: 'everywhere',
      label: t('quick.title'),
      icon: Zap,
      run: (id) => void navigate({ to: '/settings/replies', search: { reply: id || undefined } }),
    },
    {
      id: 'go.settings',
      group: 'everywhere',
      label: t('places.settings'),
      icon: Settings,
      keys: ['mod+,'],
      run: () => void navigate({ to: '/settings' }),
    },
  ]);
  return null;
}
