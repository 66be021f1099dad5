import { useTranslation } from 'react-i18next';
import type { ConnectionStatus } from '../api/schema.gen';
import { StateLine } from '../ui/bits';

const drawn = {
  online: ['ok', 'dot'],
  connecting: ['warn', 'ring'],
  reconnecting: ['warn', 'ring'],
  needs_login: ['bad', 'square'],
  blocked: ['bad', 'square'],
  needs_attention: ['bad', 'square'],
  off: ['muted', 'hollow'],
} as const satisfies Record<ConnectionStatus, readonly [string, string]>;

/** State of an account in a word and a shape. */
export function ConnectionLine({ status }: { status: ConnectionStatus }) {
  const { t } = useTranslation();
  const [tone, shape] = drawn[status];
  return (
    <StateLine tone={tone} shape={shape}>
      {t(`line.${status}`)}
    </StateLine>
  );
}

/** A person has to do something about it. */
export const needsPerson = (status: ConnectionStatus): boolean =>
  status === 'needs_login' || status === 'blocked' || status === 'needs_attention';
