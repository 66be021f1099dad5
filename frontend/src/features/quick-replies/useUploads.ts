import { useState } from 'react';
import { useHost } from '@/shared/host';

export interface Uploading {
  id: number;
  name: string;
  size: number;
  /** 0…1 */
  progress: number;
  failed: boolean;
  done: Promise<number | null>;
}

let last = 0;

/** Files that were chosen: they go to the backend at once, saving waits for them. */
export function useUploads() {
  const host = useHost();
  const [uploads, setUploads] = useState<Uploading[]>([]);
  const patch = (id: number, change: Partial<Uploading>) =>
    setUploads((all) => all.map((file) => (file.id === id ? { ...file, ...change } : file)));
  return {
    uploads,
    add: (files: Iterable<File>) =>
      setUploads((all) => [
        ...all,
        ...[...files].map((file): Uploading => {
          const id = ++last;
          const done = host.upload(file, { onProgress: (progress) => patch(id, { progress }) }).then(
            ({ upload_id }) => {
              patch(id, { progress: 1 });
              return upload_id;
            },
            () => {
              patch(id, { failed: true });
              return null;
            },
          );
          return { id, name: file.name, size: file.size, progress: 0, failed: false, done };
        }),
      ]),
    remove: (id: number) => setUploads((all) => all.filter((file) => file.id !== id)),
    clear: () => setUploads([]),
    /** Their ids, once all have arrived; null when one has not. */
    async ready(): Promise<number[] | null> {
      const ids = await Promise.all(uploads.map(({ done }) => done));
      return ids.every((id) => id !== null) ? ids : null;
    },
  };
}
