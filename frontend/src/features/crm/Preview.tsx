import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { BriefcaseBusiness } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { CrmSettingInfo, SectionInfo } from '@/shared/api/schema.gen';
import { rpcQuery, useCall } from '@/shared/api/rpc';
import type { CrmKind } from '@/shared/channels/crms';
import { Chip } from '@/shared/ui/bits';
import { Icon } from '@/shared/ui/Icon';
import { useOptions } from './useOptions';
import { ALL, perChannel, type FieldTemplate, type Values } from './values';
import s from './Crm.module.css';

interface Props {
  link: number;
  crm: CrmKind;
  sections: SectionInfo[];
  values: Values;
}

const PAUSE_MS = 250;
const drawn = new Set(['choice', 'live', 'template', 'tags', 'fields']);

/** What the settings make of the newest client: as the CRM will have it. */
export function Preview({ link, crm, sections, values }: Props) {
  const { t } = useTranslation();
  const settings = sections.flatMap((section) => section.settings).filter(({ kind }) => drawn.has(kind));
  const title = settings.find(({ kind }) => kind === 'template');
  return (
    <aside className={s.preview} aria-label={t('crm.preview.title')}>
      <h3>{t('crm.preview.title')}</h3>
      <div className={s.card}>
        <div className={s.head}>
          <Icon of={BriefcaseBusiness} size={15} />
          <b className="cut">{title ? <Filled template={String(values[title.key] ?? '')} /> : crm.name}</b>
        </div>
        <dl>
          {settings
            .filter((setting) => setting !== title)
            .map((setting) => (
              <Line key={setting.key} link={link} crm={crm} setting={setting} values={values} />
            ))}
        </dl>
      </div>
      <p>{t('crm.preview.hint')}</p>
    </aside>
  );
}

function Line({ link, crm, setting, values }: { setting: CrmSettingInfo } & Omit<Props, 'sections'>) {
  const { t } = useTranslation();
  const options = useOptions(link, crm, setting);
  const value = perChannel(values[setting.key])?.[ALL] ?? values[setting.key];
  const label = crm.text(`setting.${setting.key}`) ?? setting.key;
  const name = (one: unknown) => options.find((option) => option.value === one)?.label ?? String(one);
  if (setting.kind === 'fields')
    return ((Array.isArray(value) ? value : []) as unknown as FieldTemplate[]).map(({ field, template }, i) => (
      <Pair key={i} name={name(field)}>
        <Filled template={template} />
      </Pair>
    ));
  if (Array.isArray(value))
    return value.length === 0 ? null : (
      <Pair name={label} tags>
        {value.map((one, i) => (
          <Chip key={i}>{setting.kind === 'tags' ? <Filled template={String(one)} /> : name(one)}</Chip>
        ))}
      </Pair>
    );
  if (setting.kind === 'template')
    return value ? (
      <Pair name={label}>
        <Filled template={String(value)} />
      </Pair>
    ) : null;
  const none = crm.text(`setting.${setting.key}.none`) ?? t('crm.form.byCrm');
  return <Pair name={label}>{value === '' || value === null || value === undefined ? none : name(value)}</Pair>;
}

const Pair = ({ name, tags, children }: { name: string; tags?: boolean; children: React.ReactNode }) => (
  <>
    <dt>{name}</dt>
    <dd className={tags ? s.tags : undefined}>{children}</dd>
  </>
);

/** A template with the newest client's values in it. */
function Filled({ template }: { template: string }) {
  const { t } = useTranslation();
  const [asked] = useDebouncedValue(template, PAUSE_MS);
  const { data } = useQuery({
    ...rpcQuery(useCall(), 'links.preview', { template: asked }, ['contacts']),
    enabled: asked.includes('%'),
    placeholderData: keepPreviousData,
    retry: false,
  });
  if (!asked.includes('%')) return <>{template}</>;
  if (!data) return <>{template}</>;
  return (
    <span title={data.unknown.length > 0 ? t('crm.preview.unknown', { names: data.unknown.join(', ') }) : undefined}>{data.text}</span>
  );
}
