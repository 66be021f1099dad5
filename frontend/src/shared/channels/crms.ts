import { useBoot } from '../api/boot';
import type { CrmInfo } from '../api/schema.gen';
import { useLanguage } from '../lib/words';
import { filledText, type Connectable } from './channels';

export interface CrmKind extends Connectable {
  info: CrmInfo;
}

function describe(info: CrmInfo, language: string): CrmKind {
  const text: CrmKind['text'] = (key, params) => filledText(info.texts, language, key, params);
  const name = text('name') ?? info.id;
  return { info, name, mark: { letter: info.letter, color: info.colour, name }, text };
}

/** CRMs known to this build, with their words in the language of the interface. */
export function useCrms(): CrmKind[] {
  const language = useLanguage();
  return (useBoot()?.crms ?? []).map((info) => describe(info, language));
}

export const useCrm = (id: string | undefined): CrmKind | undefined => useCrms().find(({ info }) => info.id === id);
