import type { MessageView, PreviewKind, QuoteView } from '@/shared/api/schema.gen';

/** How a message looks when it is quoted, before the backend has said so itself. */
export function quoteOf(message: MessageView): QuoteView {
  const kind: PreviewKind =
    message.files[0]?.kind === 'video_note' ? 'video' : (message.files[0]?.kind ?? (message.text ? 'text' : extraKind(message)));
  return { message_id: message.id, author: message.author, preview: { kind, text: message.text.replaceAll('\n', ' ').slice(0, 200) } };
}

function extraKind(message: MessageView): PreviewKind {
  const kind = message.extras[0]?.kind;
  return kind === undefined || kind === 'dice' ? 'unsupported' : kind;
}
