import { useBoot } from '../api/boot';
import type { ChannelInfo } from '../api/schema.gen';
import { useLanguage } from '../lib/words';
import type { Mark } from '../ui/ChannelMark';

const fill = (text: string, params: Record<string, string | number>): string =>
  text.replace(/\{\{?\s*(\w+)\s*\}?\}/g, (whole, name: string) => String(params[name] ?? whole));

/** A text that somebody brings along, Russian where this language lacks it; null when there is none under that key. */
export function filledText(
  texts: ChannelInfo['texts'],
  language: string,
  key: string,
  params: Record<string, string | number> = {},
): string | null {
  const text = texts[language]?.[key] ?? texts['ru']?.[key] ?? texts['en']?.[key];
  return text === undefined ? null : fill(text, params);
}

/** A text that a channel brings along. */
export const channelText = (channel: ChannelInfo, language: string, key: string, params?: Record<string, string | number>): string | null =>
  filledText(channel.texts, language, key, params);

/** What a person can log in to, a network or a CRM: all that the steps of a login are drawn from. */
export interface Connectable {
  info: Pick<ChannelInfo, 'id' | 'logins' | 'endpoints'>;
  name: string;
  mark: Mark;
  text: (key: string, params?: Record<string, string | number>) => string | null;
}

export interface Channel extends Connectable {
  info: ChannelInfo;
}

/** Networks known to this build, with their names in the language of the interface. */
export function useChannels(): Channel[] {
  const language = useLanguage();
  return (useBoot()?.channels ?? []).map((info) => describe(info, language));
}

/** How one network is called and drawn. A history may outlive the build that knew its network. */
export function useChannel(id: string | undefined): Channel | undefined {
  const language = useLanguage();
  const info = useBoot()?.channels.find((known) => known.id === id);
  return info && describe(info, language);
}

const described = new WeakMap<ChannelInfo, Map<string, Channel>>();

function describe(info: ChannelInfo, language: string): Channel {
  const byLanguage = described.get(info) ?? new Map<string, Channel>();
  described.set(info, byLanguage);
  let channel = byLanguage.get(language);
  if (!channel) {
    const name = channelText(info, language, 'name') ?? info.id;
    channel = {
      info,
      name,
      mark: { letter: info.letter, color: info.colour, name },
      text: (key, params) => channelText(info, language, key, params),
    };
    byLanguage.set(language, channel);
  }
  return channel;
}
