import { useCallback } from 'react';
import type { FileView } from '@/shared/api/schema.gen';
import { useHost, type MediaVariant } from '@/shared/host';
import { localUrl } from '../outgoing';

export function useFileUrl(): (file: FileView, variant?: MediaVariant) => string {
  const host = useHost();
  return useCallback((file, variant) => localUrl(file.id) ?? host.mediaUrl(file.id, variant), [host]);
}
