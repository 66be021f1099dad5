import { lazy } from 'react';

export { parseJournalAddress, type JournalAddress } from './address';
export const JournalPage = lazy(() => import('./JournalPage').then((file) => ({ default: file.JournalPage })));
