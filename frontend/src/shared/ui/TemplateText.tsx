import { useTranslation } from 'react-i18next';
import { piecesOf } from '../lib/placeholders';
import s from './TemplateText.module.css';

/** A text with its placeholders: as values where they are known, by name where they are not. */
export function TemplateText({ text, values }: { text: string; values?: Readonly<Record<string, string>> | undefined }) {
  const { t } = useTranslation();
  return (
    <>
      {piecesOf(text).map((piece, i) => {
        if ('text' in piece) return piece.text;
        const value = values && (values[piece.key] || piece.fallback);
        return (
          <mark key={`${i} ${piece.key}`} className={s.place} data-known={value ? true : undefined}>
            {value || t(`placeholder.${piece.key}`)}
          </mark>
        );
      })}
    </>
  );
}
