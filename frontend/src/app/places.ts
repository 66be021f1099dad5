import { Blocks, Cable, ChartColumn, FileSpreadsheet, MessagesSquare, ScrollText, Search, Settings, type LucideIcon } from 'lucide-react';

const top = [
  { to: '/chats', label: 'places.chats', icon: MessagesSquare },
  { to: '/journal', label: 'places.journal', icon: ScrollText },
  { to: '/search', label: 'places.search', icon: Search },
  { to: '/analytics', label: 'places.analytics', icon: ChartColumn },
  { to: '/exports', label: 'places.exports', icon: FileSpreadsheet },
  { to: '/channels', label: 'places.channels', icon: Cable },
  { to: '/crm', label: 'places.crm', icon: Blocks },
] as const;
const foot = [{ to: '/settings', label: 'places.settings', icon: Settings }] as const;

export interface Place {
  to: string;
  label: (typeof top | typeof foot)[number]['label'];
  icon: LucideIcon;
}

/** The sections of the app, as the rail shows them from top to bottom. */
export const places: readonly Place[] = top;
/** Below the alerts. */
export const footPlaces: readonly Place[] = foot;
