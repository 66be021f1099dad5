export { InboxPage } from './InboxPage';
export { parseInboxAddress, type InboxAddress } from './address';
export { prefetchInbox } from './queries';
