import type { FileView } from '@/shared/api/schema.gen';

export interface Box {
  width: number;
  height: number;
}

const MAX: Box = { width: 306, height: 320 };
const MIN: Box = { width: 140, height: 96 };

/** The place of a picture in the thread, px: its own proportions within limits; an unknown one gets a usual shape. */
export function boxOf(file: Pick<FileView, 'kind' | 'width' | 'height'>): Box {
  if (file.kind === 'sticker') return { width: 148, height: 148 };
  if (file.kind === 'video_note') return { width: 200, height: 200 };
  const { width, height } = file.width && file.height ? { width: file.width, height: file.height } : { width: 306, height: 204 };
  const scale = Math.min(1, MAX.width / width, MAX.height / height);
  return { width: Math.max(MIN.width, Math.round(width * scale)), height: Math.max(MIN.height, Math.round(height * scale)) };
}
