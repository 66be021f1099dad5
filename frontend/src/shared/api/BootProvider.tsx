import type { ReactNode } from 'react';
import { BootContext, useBootQuery } from './boot';

export const BootProvider = ({ children }: { children: ReactNode }) => <BootContext value={useBootQuery().data}>{children}</BootContext>;
