import { useCallback } from 'react';
import { useBoot } from '../api/boot';
import type { Reason } from '../api/schema.gen';
import { textOf } from '../i18n';
import { useLanguage, useT } from '../lib/words';
import { filledText } from './channels';

/** Words for a reason: keys of a channel or a CRM begin with its id and come with its descriptor, the others are ours. */
export function useReasonText(): (reason: Reason) => string {
  const t = useT();
  const language = useLanguage();
  const boot = useBoot();
  return useCallback(
    ({ key, params = {} }: Reason) => {
      const [first = ''] = key.split('.');
      const own = [...(boot?.channels ?? []), ...(boot?.crms ?? [])].find((info) => info.id === first);
      const said = own && filledText(own.texts, language, key.slice(first.length + 1), params);
      return said ?? textOf(key, params, t('error.unknown', { code: key }));
    },
    [boot, language, t],
  );
}
