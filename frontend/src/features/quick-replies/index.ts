import { lazy } from 'react';

export const QuickRepliesPage = lazy(() => import('./QuickRepliesPage').then((file) => ({ default: file.QuickRepliesPage })));
