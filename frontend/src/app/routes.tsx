import { createRootRoute, createRoute, createRouter, Navigate, redirect, type RouterHistory } from '@tanstack/react-router';
import { AccountsPage } from '@/features/accounts';
import { parseAnalyticsAddress } from '@/features/analytics';
import { parseInboxAddress } from '@/features/inbox';
import { parseJournalAddress } from '@/features/journal';
import { parseSearchAddress } from '@/features/search';
import { AnalyticsScreen } from './AnalyticsScreen';
import { ChannelScreen } from './ChannelScreen';
import { ChatsScreen } from './ChatsScreen';
import { CrmScreen } from './CrmScreen';
import { ExportsScreen } from './ExportsScreen';
import { afterHash } from './history';
import { Broken } from './ErrorBoundary';
import { JournalScreen } from './JournalScreen';
import { Layout } from './Layout';
import { QuickRepliesScreen } from './QuickRepliesScreen';
import { SearchScreen } from './SearchScreen';
import { SettingsScreen } from './SettingsScreen';

const root = createRootRoute({
  component: Layout,
  errorComponent: ({ reset }) => <Broken onAgain={reset} />,
  // An address of an older version, or one that was typed wrongly.
  notFoundComponent: () => <Navigate to="/chats" replace />,
});

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/chats' });
  },
});

/** The open conversation and the filter live in the address: back and forward work, a reload stays where it was. */
const chats = createRoute({ getParentRoute: () => root, path: '/chats', validateSearch: parseInboxAddress, component: ChatsScreen });

const channels = createRoute({ getParentRoute: () => root, path: '/channels', component: AccountsPage });

const channel = createRoute({ getParentRoute: () => root, path: '/channels/$id', component: ChannelScreen });

const journal = createRoute({
  getParentRoute: () => root,
  path: '/journal',
  validateSearch: parseJournalAddress,
  component: JournalScreen,
});

const analytics = createRoute({
  getParentRoute: () => root,
  path: '/analytics',
  validateSearch: parseAnalyticsAddress,
  component: AnalyticsScreen,
});

const day = (value: unknown) => (typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : undefined);
const exports = createRoute({
  getParentRoute: () => root,
  path: '/exports',
  validateSearch: ({ from, to }: Record<string, unknown>): { from?: string | undefined; to?: string | undefined } => ({
    from: day(from),
    to: day(to),
  }),
  component: ExportsScreen,
});

const crm = createRoute({
  getParentRoute: () => root,
  path: '/crm',
  validateSearch: ({ link }: Record<string, unknown>): { link?: number | undefined } => ({
    link: typeof link === 'number' && Number.isSafeInteger(link) ? link : undefined,
  }),
  component: CrmScreen,
});

const search = createRoute({ getParentRoute: () => root, path: '/search', validateSearch: parseSearchAddress, component: SearchScreen });

const settings = createRoute({ getParentRoute: () => root, path: '/settings', component: SettingsScreen });

const replies = createRoute({
  getParentRoute: () => root,
  path: '/settings/replies',
  validateSearch: ({ reply }: Record<string, unknown>): { reply?: string | undefined } => ({
    reply: typeof reply === 'string' || typeof reply === 'number' ? String(reply) : undefined,
  }),
  component: QuickRepliesScreen,
});

const tree = root.addChildren([home, chats, journal, analytics, exports, channels, channel, crm, search, settings, replies]);

/** Addresses after `#`, so that any host can serve the page from one file. */
export const createAppRouter = (history: RouterHistory = afterHash()) => createRouter({ routeTree: tree, history, defaultPreload: false });
export type AppRouter = ReturnType<typeof createAppRouter>;

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter;
  }
}
