const allowed = new Set(['http:', 'https:', 'mailto:', 'tel:']);

/** The address if it may be clicked: the web, mail and telephone, nothing that runs or reads files. */
export function safeUrl(address: string): string | null {
  try {
    const url = new URL(/^[a-z][a-z\d+.-]*:/i.test(address) ? address : `https://${address}`);
    return allowed.has(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

export interface FoundLink {
  from: number;
  to: number;
  url: string;
}

const address =
  /(?:https?:\/\/|www\.)[^\s<>"«»]+|[\p{L}\d.+_-]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+|(?<![\p{L}\d])(?:\+\d|8)[\d ()‑-]{8,16}\d(?![\d\p{L}])/giu;

/** Addresses, mail addresses and phone numbers in plain text. Closing punctuation is the sentence's, not theirs. */
export function linksIn(text: string): FoundLink[] {
  return [...text.matchAll(address)].flatMap((match) => {
    const found = match[0].replace(/[.,;:!?…)\]}'’]+$/u, '');
    const digits = found.replace(/\D/g, '');
    const phone = /^[+\d]/.test(found) && !found.includes('@');
    if (phone && (digits.length < 10 || digits.length > 15)) return [];
    const url = phone
      ? `tel:${found.startsWith('+') ? '+' : ''}${digits}`
      : found.includes('@') && !/^https?:|^www\./i.test(found)
        ? `mailto:${found}`
        : safeUrl(found);
    return url ? [{ from: match.index, to: match.index + found.length, url }] : [];
  });
}
