import type { QuickReplyView, QuickReplyFileView, SaveQuickReply } from '@/shared/api/schema.gen';

/** A quick reply as it is being edited. */
export interface ReplyDraft {
  name: string;
  text: string;
  folder_id: number | null;
  shared: boolean;
  files: QuickReplyFileView[];
}

export const draftOf = (reply: QuickReplyView | null): ReplyDraft =>
  reply
    ? { name: reply.name, text: reply.text, folder_id: reply.folder_id, shared: reply.shared, files: reply.files }
    : { name: '', text: '', folder_id: null, shared: true, files: [] };

/** Without the slash, without spaces: it is typed as one word. */
export const nameOf = (typed: string): string => typed.replace(/^\/+/, '').replace(/[\s/]+/g, '-');

export type NameProblem = 'quick.form.nameEmpty' | 'quick.form.nameTaken' | null;
const folded = (name: string) => name.trim().toLowerCase().replaceAll('ё', 'е');

/** Own ones and everybody's may share a name, two of one kind may not. */
export function nameProblem({ name, shared }: ReplyDraft, others: readonly Pick<QuickReplyView, 'name' | 'shared'>[]): NameProblem {
  if (!name.trim()) return 'quick.form.nameEmpty';
  return others.some((other) => other.shared === shared && folded(other.name) === folded(name)) ? 'quick.form.nameTaken' : null;
}

export const saveOf = (id: number | null, draft: ReplyDraft, uploads: readonly number[]): SaveQuickReply => ({
  ...(id === null ? {} : { id }),
  folder_id: draft.folder_id,
  name: draft.name.trim(),
  text: draft.text.trim(),
  shared: draft.shared,
  files: [
    ...draft.files.map(({ position }) => ({ from: 'kept' as const, position })),
    ...uploads.map((upload_id) => ({ from: 'upload' as const, upload_id })),
  ],
});
