import { useQuery } from '@tanstack/react-query';
import type { ChoiceView, CrmSettingInfo } from '@/shared/api/schema.gen';
import { rpcQuery, useCall } from '@/shared/api/rpc';
import type { CrmKind } from '@/shared/channels/crms';

/** What can be chosen: the fixed options in the CRM's words, then what the CRM has now. */
export function useOptions(link: number, crm: CrmKind, { key, of, options }: CrmSettingInfo): ChoiceView[] {
  const { data = [] } = useQuery({
    ...rpcQuery(useCall(), 'links.choices', { link_id: link, of: of ?? '' }, ['links']),
    enabled: of !== null,
    retry: false,
  });
  const fixed = options.map((value) => ({ value, label: crm.text(`setting.${key}.${value}`) ?? value, group: null, colour: null }));
  return [...fixed, ...data];
}
