import { useCallback, useEffect, useRef, useState } from 'react';
import type { AttachmentKind, ChannelCapabilities, Upload } from '@/shared/api/schema.gen';
import { useHost } from '@/shared/host';
import type { OutgoingFile } from '../outgoing';

export interface Attached extends OutgoingFile {
  id: number;
  /** 0…1 */
  progress: number;
  failed: boolean;
  /** The network's limit in bytes, when the file is over it. */
  over: number | null;
  stop: () => void;
}

let last = 0;
/** A file that the backend has already: one of a quick reply. */
export const attached = ({ upload_id, ...file }: Upload): Attached => ({
  ...file,
  id: ++last,
  width: null,
  height: null,
  url: '',
  upload: Promise.resolve(upload_id),
  as: null,
  progress: 1,
  failed: false,
  over: null,
  stop: () => undefined,
});
/** Files of answers that were begun and left; as long as the window lives. */
const left = new Map<number, Attached[]>();

const kindOf = (type: string): AttachmentKind =>
  type === 'image/gif'
    ? 'animation'
    : /^image\/(png|jpe?g|webp|avif)$/.test(type)
      ? 'image'
      : type.startsWith('video/')
        ? 'video'
        : type.startsWith('audio/')
          ? 'audio'
          : 'document';

async function measure(url: string, kind: AttachmentKind): Promise<{ width: number; height: number } | null> {
  if (kind !== 'image' && kind !== 'animation') return null;
  const picture = new Image();
  picture.src = url;
  await picture.decode().catch(() => undefined);
  return picture.naturalWidth ? { width: picture.naturalWidth, height: picture.naturalHeight } : null;
}

/** Files beside the text: they begin to upload when they are added, so that sending does not wait. */
export function useAttachments(conversation: number, capabilities: ChannelCapabilities | undefined) {
  const host = useHost();
  const [files, setFiles] = useState<Attached[]>(() => left.get(conversation) ?? []);
  const shown = useRef(files);
  useEffect(() => {
    shown.current = files;
    if (files.length) left.set(conversation, files);
    else left.delete(conversation);
  });

  const patch = useCallback(
    (id: number, change: Partial<Attached>) => setFiles((all) => all.map((file) => (file.id === id ? { ...file, ...change } : file))),
    [],
  );

  const add = useCallback(
    (list: Iterable<File>) => {
      const added = [...list].map((file): Attached => {
        const id = ++last;
        const kind = kindOf(file.type);
        const url = URL.createObjectURL(file);
        const limit = capabilities?.file_limits[kind] ?? Infinity;
        const over = file.size > limit ? limit : null;
        const stop = new AbortController();
        const upload =
          over !== null
            ? Promise.reject(new Error('over the limit'))
            : host.upload(file, { signal: stop.signal, onProgress: (progress) => patch(id, { progress }) }).then(({ upload_id }) => {
                patch(id, { progress: 1 });
                return upload_id;
              });
        upload.catch(() => patch(id, { failed: true }));
        void measure(url, kind).then((size) => size && patch(id, size));
        return {
          id,
          name: file.name,
          kind,
          size: file.size,
          mime: file.type,
          width: null,
          height: null,
          url,
          upload,
          as: null,
          progress: 0,
          failed: over !== null,
          over,
          stop: () => stop.abort(),
        };
      });
      setFiles((all) => [...all, ...added]);
    },
    [capabilities, host, patch],
  );

  const addUploaded = useCallback((list: readonly Upload[]) => setFiles((all) => [...all, ...list.map(attached)]), []);

  const remove = useCallback(
    (id: number) =>
      setFiles((all) =>
        all.filter((file) => {
          if (file.id !== id) return true;
          file.stop();
          URL.revokeObjectURL(file.url);
          return false;
        }),
      ),
    [],
  );

  /** Sends a picture as a file, without the network's compression, or back. */
  const toggleDocument = useCallback(
    (id: number) =>
      setFiles((all) => all.map((file) => (file.id === id ? { ...file, as: file.as === 'document' ? null : 'document' } : file))),
    [],
  );

  /** Hands the files over to a message; they are its own now. */
  const take = useCallback((): OutgoingFile[] => {
    const taken = shown.current.filter((file) => !file.failed);
    setFiles((all) => all.filter((file) => file.failed));
    return taken.map((file) => (file.as ? { ...file, kind: file.as } : file));
  }, []);

  return { files, add, addUploaded, remove, toggleDocument, take };
}
