import { useMemo, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { quickRepliesQuery } from '@/shared/api/quickReplies';
import { useCall } from '@/shared/api/rpc';
import type { QuickReplyView } from '@/shared/api/schema.gen';
import { fuzzy } from '@/shared/lib/fuzzy';

export interface QuickList {
  found: QuickReplyView[];
  /** Nothing was ever made. */
  empty: boolean;
  /** What texts may hold. */
  placeholders: readonly string[];
  /** The chosen one's place. */
  at: number;
  /** Where the slash stands in the text. */
  from: number;
  choose: (at: number) => void;
  close: () => void;
}

/** What stands before the caret when a slash begins a word: «/зам». */
export function slashBefore(text: string, caret: number): { from: number; typed: string } | null {
  const match = /(?:^|\s)\/([^\s/]*)$/.exec(text.slice(0, caret));
  return match ? { from: caret - (match[1]?.length ?? 0) - 1, typed: match[1] ?? '' } : null;
}

/** The list over the composer, while a word that begins with a slash is being typed. */
export function useQuickReplies(text: string, caret: number, off: boolean): QuickList | null {
  const slash = useMemo(() => (off ? null : slashBefore(text, caret)), [text, caret, off]);
  const { data } = useQuery({ ...quickRepliesQuery(useCall()), enabled: slash !== null });
  const [closed, setClosed] = useState<number | null>(null);
  const [chosen, setChosen] = useState<{ typed: string; at: number }>({ typed: '', at: 0 });
  const typed = slash?.typed;
  const found = useMemo(() => {
    const often = [...(data?.items ?? [])].sort((a, b) => b.used - a.used);
    return typed === undefined ? [] : fuzzy(typed, often);
  }, [data, typed]);

  if (closed !== null && slash?.from !== closed) setClosed(null);
  if (!slash || !data || closed === slash.from) return null;
  const empty = data.items.length === 0;
  if (found.length === 0 && !(empty && slash.typed === '')) return null;
  return {
    found,
    empty,
    placeholders: data.placeholders,
    at: chosen.typed === slash.typed ? Math.min(chosen.at, found.length - 1) : 0,
    from: slash.from,
    choose: (at) => setChosen({ typed: slash.typed, at }),
    close: () => setClosed(slash.from),
  };
}
