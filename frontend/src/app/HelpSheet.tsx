import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useHost } from '@/shared/host';
import { useActionList, useActions } from '@/shared/lib/actions';
import { keysLabel } from '@/shared/lib/hotkeys';
import { Dialog } from '@/shared/ui/Dialog';
import { Key } from '@/shared/ui/bits';
import s from './HelpSheet.module.css';

const groups = ['list', 'conversation', 'everywhere'] as const;

/** The sheet of shortcuts, read from what is registered: it cannot promise a key that does nothing. */
export function HelpSheet() {
  const { t } = useTranslation();
  const mac = useHost().platform === 'mac';
  const actions = useActionList();
  const [opened, setOpened] = useState(false);
  useActions([{ id: 'help', group: 'everywhere', label: t('help.open'), keys: ['?', 'shift+?'], run: () => setOpened(true) }]);

  return (
    <Dialog title={t('help.title')} width={640} opened={opened} onClose={() => setOpened(false)} closeLabel={t('act.close')}>
      <div className={s.groups}>
        {groups.map((group) => {
          const mine = actions.filter((a) => a.group === group && a.keys?.length);
          return (
            mine.length > 0 && (
              <section key={group}>
                <h3>{t(`help.group.${group}`)}</h3>
                <dl>
                  {mine.map((a) => (
                    <div key={a.id}>
                      <dt>{a.label}</dt>
                      <dd>
                        {a.keys
                          ?.slice(0, 2)
                          .filter((k) => k !== 'shift+?')
                          .map((k) => (
                            <Key key={k}>{keysLabel(k, mac)}</Key>
                          ))}
                      </dd>
                    </div>
                  ))}
                </dl>
              </section>
            )
          );
        })}
      </div>
      <p className={s.hint}>{t('help.hint')}</p>
    </Dialog>
  );
}
