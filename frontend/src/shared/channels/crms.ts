import { useBoot } from '../api/boot';
import { crmsOf, type CrmInfo } from '../api/planned';
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
  return (crmsOf(useBoot()) ?? []).map((info) => describe(info, language));
}

export const useCrm = (id: string | undefined): CrmKind | undefined => useCrms().find(({ info }) => info.id === id);
