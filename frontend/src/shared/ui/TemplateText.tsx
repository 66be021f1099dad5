import { textOf } from '../i18n';
import { useLanguage } from '../lib/words';
import { piecesOf } from '../lib/placeholders';
import s from './TemplateText.module.css';

/** A text with its placeholders: as values where they are known, by name where they are not. */
export function TemplateText({ text, values }: { text: string; values?: Readonly<Record<string, string>> | undefined }) {
  // The names follow the language.
  const language = useLanguage();
  return (
    <>
      {piecesOf(text).map((piece, i) => {
        if ('text' in piece) return piece.text;
        const value = values && (values[piece.key] || piece.fallback);
        return (
          <mark key={`${i} ${piece.key}`} className={s.place} data-known={value ? true : undefined}>
            {value || textOf(`placeholder.${piece.key}`, { lng: language }, piece.key)}
          </mark>
        );
      })}
    </>
  );
}
