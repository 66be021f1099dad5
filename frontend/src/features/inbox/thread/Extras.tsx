import { CornerUpRight, ExternalLink, MapPin, Phone, SquareChartGantt, UserRound } from 'lucide-react';
import type { Extra } from '@/shared/api/schema.gen';
import { useT } from '@/shared/lib/words';
import { Face } from '@/shared/ui/Face';
import { Icon } from '@/shared/ui/Icon';
import { OutLink } from '@/shared/ui/OutLink';
import s from './Extras.module.css';

/** What is neither text nor file: a place, a card, a poll, somebody else's words. */
export function ExtraBox({ extra }: { extra: Extra }) {
  const t = useT();
  switch (extra.kind) {
    case 'location': {
      const at = `${extra.lat.toFixed(5)}, ${extra.lon.toFixed(5)}`;
      return (
        <OutLink
          className={s.card}
          to={`https://www.openstreetmap.org/?mlat=${extra.lat}&mlon=${extra.lon}#map=16/${extra.lat}/${extra.lon}`}
        >
          <span className={s.icon}>
            <Icon of={MapPin} size={19} />
          </span>
          <span className={s.body}>
            <b className="cut">{extra.title ?? t('inbox.preview.location')}</b>
            <small className="cut">{extra.address ?? at}</small>
          </span>
          <Icon of={ExternalLink} size={14} />
        </OutLink>
      );
    }
    case 'contact':
      return (
        <div className={s.card}>
          <Face name={extra.name} size={36} />
          <span className={s.body}>
            <b className="cut">{extra.name}</b>
            {extra.phone ? (
              <OutLink to={`tel:${extra.phone.replace(/[^\d+]/g, '')}`}>{extra.phone}</OutLink>
            ) : (
              <small>{t('inbox.extra.noPhone')}</small>
            )}
          </span>
          <Icon of={extra.phone ? Phone : UserRound} size={15} />
        </div>
      );
    case 'poll':
      return (
        <div className={s.poll}>
          <b>{extra.question}</b>
          <small>{t('inbox.preview.poll')}</small>
          <ul>
            {extra.options.map((option, i) => (
              <li key={i}>{option}</li>
            ))}
          </ul>
        </div>
      );
    case 'card': {
      const inside = (
        <>
          <span className={s.icon}>
            <Icon of={SquareChartGantt} size={19} />
          </span>
          <span className={s.body}>
            <b className="cut">{extra.title}</b>
            {extra.text && <small className={s.two}>{extra.text}</small>}
            {extra.price && <em className="num">{extra.price}</em>}
          </span>
          {extra.url && <Icon of={ExternalLink} size={14} />}
        </>
      );
      return extra.url ? (
        <OutLink className={s.card} to={extra.url}>
          {inside}
        </OutLink>
      ) : (
        <div className={s.card}>{inside}</div>
      );
    }
    case 'forwarded':
      return (
        <blockquote className={s.forwarded}>
          <b>
            <Icon of={CornerUpRight} size={12} />
            {t('inbox.thread.forwarded', { name: extra.author })}
          </b>
          {extra.text}
        </blockquote>
      );
    case 'dice':
      return (
        <p className={s.dice}>
          <span>{extra.emoji}</span>
          {t('inbox.extra.dice', { value: extra.value })}
        </p>
      );
    case 'unsupported':
      return <p className={s.unsupported}>{t('inbox.extra.unsupported', { what: extra.what })}</p>;
  }
}
