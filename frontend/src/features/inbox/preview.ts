import type { TFunction } from 'i18next';
import type { Preview, PreviewKind } from '@/shared/api/schema.gen';

/** Kinds whose text says enough by itself. */
const plain: ReadonlySet<PreviewKind> = new Set(['text', 'card', 'forwarded']);

/** A message in one line: «Фото · Вот наша кухня», «Голосовое сообщение». */
export function previewText(t: TFunction, { kind, text }: Preview): string {
  if (plain.has(kind)) return text || t(`inbox.preview.${kind}`);
  if (kind === 'document' && text) return text;
  return text ? `${t(`inbox.preview.${kind}`)} · ${text}` : t(`inbox.preview.${kind}`);
}
