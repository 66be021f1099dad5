import { MessagesSquare, type LucideIcon } from 'lucide-react';

/** The sections of the app, as the rail shows them from top to bottom. */
export const places = [
  { to: '/chats', label: 'places.chats', icon: MessagesSquare },
] as const satisfies readonly { to: string; label: string; icon: LucideIcon }[];
