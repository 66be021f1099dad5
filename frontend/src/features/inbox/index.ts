export { InboxPage } from './InboxPage';
export { parseInboxAddress, type InboxAddress } from './address';
export { countsQuery, prefetchInbox } from './list/useConversations';
export { previewText } from './preview';
