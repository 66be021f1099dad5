import { useCallback } from 'react';
import { useBoot } from '../api/boot';
import type { Reason } from '../api/schema.gen';
import { textOf } from '../i18n';
import { useLanguage, useT } from '../lib/words';
import { channelText } from './channels';

/** Words for a reason: a channel's own keys begin with its id and come with its descriptor, the others are ours. */
export function useReasonText(): (reason: Reason) => string {
  const t = useT();
  const language = useLanguage();
  const boot = useBoot();
  return useCallback(
    ({ key, params = {} }: Reason) => {
      const [first = ''] = key.split('.');
      const channel = boot?.channels.find((info) => info.id === first);
      const own = channel && channelText(channel, language, key.slice(first.length + 1), params);
      return own ?? textOf(key, params, t('error.unknown', { code: key }));
    },
    [boot, language, t],
  );
}
