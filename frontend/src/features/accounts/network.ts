import type { ChannelInfo } from '@/shared/api/schema.gen';

/** How to reach a network, as it is being edited. */
export interface Network {
  proxy: string;
  /** Replaced base addresses; an empty one means the network's own. */
  endpoints: Record<string, string>;
}

export const noNetwork: Network = { proxy: '', endpoints: {} };

const schemes = new Set(['http:', 'https:', 'socks5:', 'socks5h:']);

/** An address that a connection can be made through; empty means none. */
export function isProxy(text: string): boolean {
  const address = text.trim();
  if (!address) return true;
  try {
    const url = new URL(address);
    return schemes.has(url.protocol) && /^[a-z\d]+:\/\/[^/?#]/i.test(address);
  } catch {
    return false;
  }
}

export function isEndpoint(text: string): boolean {
  if (!text.trim()) return true;
  try {
    return /^https?:$/.test(new URL(text.trim()).protocol);
  } catch {
    return false;
  }
}

/** Only what differs from the network's own addresses. */
export const replaced = (endpoints: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(endpoints)
      .map(([key, value]) => [key, value.trim()])
      .filter(([, value]) => value),
  );

/** Keys of texts for what is wrong, by field: `proxy`, `endpoint.<key>`. */
export function networkProblems(
  { proxy, endpoints }: Network,
  { endpoints: known }: Pick<ChannelInfo, 'endpoints'>,
): Record<string, 'accounts.form.badProxy' | 'accounts.form.badEndpoint'> {
  return {
    ...(isProxy(proxy) ? {} : { proxy: 'accounts.form.badProxy' as const }),
    ...Object.fromEntries(
      known
        .filter(({ key }) => !isEndpoint(endpoints[key] ?? ''))
        .map(({ key }) => [`endpoint.${key}`, 'accounts.form.badEndpoint' as const]),
    ),
  };
}

/** The backend may name a field with or without the group it belongs to. */
export function errorAt(errors: Record<string, string>, group: 'endpoint' | 'setting', key: string): string | undefined {
  return errors[`${group}.${key}`] ?? errors[`${group}s.${key}`] ?? errors[key];
}
