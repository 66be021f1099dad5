import { useTranslation } from 'react-i18next';
import type { LinkRow, LinkStatus } from '@/shared/api/schema.gen';
import { StateLine } from '@/shared/ui/bits';

const drawn = {
  online: ['ok', 'dot'],
  connecting: ['warn', 'ring'],
  reconnecting: ['warn', 'ring'],
  needs_login: ['bad', 'square'],
  no_rights: ['bad', 'square'],
  unpaid: ['bad', 'square'],
  needs_attention: ['bad', 'square'],
  off: ['muted', 'hollow'],
} as const satisfies Record<LinkStatus, readonly [string, string]>;

/** State of a CRM link in a word and a shape. */
export function LinkLine({ row }: { row: LinkRow }) {
  const { t } = useTranslation();
  const status = row.active ? row.state.status : 'off';
  const [tone, shape] = drawn[status];
  return (
    <StateLine tone={tone} shape={shape}>
      {t(`crm.line.${status}`)}
    </StateLine>
  );
}
