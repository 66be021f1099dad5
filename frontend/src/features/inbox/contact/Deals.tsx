import { useQuery } from '@tanstack/react-query';
import { ExternalLink } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useLinks } from '@/shared/api/links';
import type { CrmCard, CrmCardLead } from '@/shared/api/schema.gen';
import { rpcQuery, useCall } from '@/shared/api/rpc';
import { useReasonText } from '@/shared/channels/useReasonText';
import { Chip } from '@/shared/ui/bits';
import { Icon } from '@/shared/ui/Icon';
import { OutLink } from '@/shared/ui/OutLink';
import { Block } from './Block';
import s from './Deals.module.css';

/** INB-7: what each CRM knows of this conversation: lead, stage, who is responsible, and the way to it. */
export function Deals({ conversation }: { conversation: number }) {
  const { t } = useTranslation();
  const reason = useReasonText();
  const links = useLinks();
  const { data = [] } = useQuery({
    ...rpcQuery(useCall(), 'crm.cards', { conversation_id: conversation }, ['cards', 'links']),
    enabled: links.length > 0,
    retry: false,
  });
  const told = data.filter(({ leads, contact, trouble }) => leads.length > 0 || contact || trouble);
  if (links.length === 0) return null;
  return (
    <Block title={t('crm.card.title')}>
      {told.length === 0 && <p className={s.none}>{t('crm.card.none')}</p>}
      {told.map((card) => {
        const name = links.find(({ id }) => id === card.link_id)?.name ?? t('places.crm');
        return (
          <div key={card.link_id}>
            {card.leads.map((lead) => (
              <Deal key={`${lead.reference.entity} ${lead.reference.id}`} crm={name} lead={lead} />
            ))}
            {card.leads.length === 0 && card.contact && <Person crm={name} contact={card.contact} />}
            {card.trouble && <p className={s.trouble}>{reason(card.trouble)}</p>}
          </div>
        );
      })}
    </Block>
  );
}

function Deal({ crm, lead: { title, stage, colour, responsible, budget, closed, page } }: { crm: string; lead: CrmCardLead }) {
  const { t } = useTranslation();
  return (
    <article className={s.deal} data-closed={closed || undefined}>
      <Head crm={crm} title={title} page={page} />
      <div className={s.foot}>
        <span className="cut">
          {colour && <i style={{ background: colour }} />}
          {[closed ? t('crm.card.closed') : stage, responsible].filter(Boolean).join(' · ')}
        </span>
        {budget && <b className="num">{budget}</b>}
      </div>
    </article>
  );
}

function Person({ crm, contact: { name, company, page } }: { crm: string; contact: NonNullable<CrmCard['contact']> }) {
  return (
    <article className={s.deal}>
      <Head crm={crm} title={name} page={page} />
      {company && <div className={s.foot}>{company}</div>}
    </article>
  );
}

function Head({ crm, title, page }: { crm: string; title: string; page: string | null }) {
  const { t } = useTranslation();
  return (
    <div className={s.head}>
      <Chip>{crm}</Chip>
      <span className="cut" title={title}>
        {title}
      </span>
      {page && (
        <OutLink to={page} className={s.out}>
          <Icon of={ExternalLink} size={14} label={t('crm.card.open')} />
        </OutLink>
      )}
    </div>
  );
}
