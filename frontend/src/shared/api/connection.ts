import { createContext, use } from 'react';

/** Whether the backend answers. Not the network's state: that is each channel's own. */
export type Connection = 'open' | 'lost';

export const ConnectionContext = createContext<Connection>('open');
export const useConnection = (): Connection => use(ConnectionContext);
