import { Cable, MessagesSquare, type LucideIcon } from 'lucide-react';

const top = [{ to: '/chats', label: 'places.chats', icon: MessagesSquare }, { to: '/channels', label: 'places.channels', icon: Cable }] as const;
const foot = [] as const;

export interface Place {
  to: string;
  label: (typeof top)[number]['label'];
  icon: LucideIcon;
}

/** The sections of the app, as the rail shows them from top to bottom. */
export const places: readonly Place[] = top;
/** Below the alerts. */
export const footPlaces: readonly Place[] = foot;
