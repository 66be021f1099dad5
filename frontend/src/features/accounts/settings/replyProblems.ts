import type { AutoReply } from '@/shared/api/planned';

export interface ReplyProblem {
  key: 'channel.reply.textEmpty' | 'channel.reply.badTime';
  params?: Record<string, number>;
}

const isTime = (text: string): boolean => /^([01]?\d|2[0-3]):[0-5]\d$/.test(text.trim());

/** What can be told about an automatic answer without asking the backend, by field. */
export const replyProblems = ({ on, text, from, until }: AutoReply): Record<string, ReplyProblem> => ({
  ...(on && !text.trim() ? { text: { key: 'channel.reply.textEmpty' } } : {}),
  ...(isTime(from) ? {} : { from: { key: 'channel.reply.badTime' } }),
  ...(isTime(until) ? {} : { until: { key: 'channel.reply.badTime' } }),
});
