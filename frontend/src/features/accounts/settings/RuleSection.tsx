import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RuleSection as Described, SettingInfo } from '@/shared/api/schema.gen';
import type { Channel } from '@/shared/channels/channels';
import { textOf } from '@/shared/i18n';
import { Grid, Note, Section } from '@/shared/ui/Form';
import type { Values } from './draft';
import { RuleField, type FieldText } from './RuleField';
import type { Errors } from './SettingsForm';

interface Props {
  section: Described;
  channel: Channel;
  values: Values;
  errors: Errors;
  hit?: string | undefined;
  side?: ReactNode;
  onChange: (patch: Values) => void;
}

/** The section of what only this network has: its words come with the channel. */
export const OWN = 'own';
const said = (key: string): string | undefined => textOf(key, {}, '') || undefined;

function textsOf(section: string, key: string, channel: Channel): FieldText {
  if (section !== OWN)
    return {
      title: said(`setting.${key}.title`) ?? key,
      help: said(`setting.${key}.help`),
      option: (one) => said(`setting.${key}.option.${one}`) ?? one,
    };
  return {
    title: channel.text(`setting.${key}`) ?? key,
    help: channel.text(`setting.${key}.hint`) ?? undefined,
    option: (one) => channel.text(`setting.${key}.${one}`) ?? one,
  };
}

export const sectionTitle = (section: string, channel: Channel): string =>
  section === OWN ? channel.name : (said(`setting.${section}.title`) ?? section);

/** Times and numbers that follow each other stand side by side. */
function inRows(fields: readonly SettingInfo[]): SettingInfo[][] {
  const rows: SettingInfo[][] = [];
  for (const field of fields) {
    const last = rows.at(-1);
    const narrow = field.kind === 'time' || field.kind === 'number';
    if (narrow && last?.length === 1 && last[0]?.kind === field.kind) last.push(field);
    else rows.push([field]);
  }
  return rows;
}

/** Settings that stand together, drawn from their description: a new channel needs no new form. */
export function RuleSection({ section, channel, values, errors, hit, side, onChange }: Props) {
  // The words follow the language.
  const { i18n } = useTranslation();
  const shown = section.fields.filter(({ needs }) => needs === null || values[needs] === true);
  const draw = (field: SettingInfo) => (
    <RuleField
      field={field}
      text={textsOf(section.key, field.key, channel)}
      value={values[field.key]}
      error={errors[field.key] ?? errors[`settings.${field.key}`]}
      hit={hit}
      onChange={(value) => onChange({ [field.key]: value })}
    />
  );
  return (
    <Section
      key={i18n.language}
      id={`channel-${section.key}`}
      title={sectionTitle(section.key, channel)}
      hint={section.key === OWN ? (channel.text('settings.hint') ?? said('setting.own.help')) : said(`setting.${section.key}.help`)}
      side={side}
    >
      {inRows(shown).map((row) => (
        <Fragment key={row[0]?.key}>
          {row.length > 1 ? (
            <Grid>
              {row.map((field) => (
                <Fragment key={field.key}>{draw(field)}</Fragment>
              ))}
            </Grid>
          ) : (
            row[0] && draw(row[0])
          )}
          {row.map((field) => field.warns && values[field.key] && <Warning key={field.key} field={field.key} channel={channel} />)}
        </Fragment>
      ))}
    </Section>
  );
}

/** Networks may ban for it: said in the network's own words where it has some. */
function Warning({ field, channel }: { field: string; channel: Channel }) {
  const text = channel.text(`warning.${field}`) ?? said(`setting.${field}.warning`);
  return text ? <Note tone="warn">{text}</Note> : null;
}
