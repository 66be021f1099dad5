import { MoonStar } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useBoot, useSaveSettings } from '@/shared/api/boot';
import { useActions } from '@/shared/lib/actions';
import { useErrorText } from '@/shared/lib/useErrorText';
import { complain } from '@/shared/ui/complain';
import { RailButton } from './RailButton';

/** Silence on and off; what comes meanwhile is counted as ever. */
export function DoNotDisturb() {
  const { t } = useTranslation();
  const on = useBoot()?.settings.do_not_disturb ?? false;
  const save = useSaveSettings();
  const text = useErrorText();
  const toggle = () => void save({ do_not_disturb: !on }).catch((cause: unknown) => complain(text(cause)));
  const label = t(on ? 'dnd.off' : 'dnd.on');
  useActions([{ id: 'dnd', group: 'everywhere', label, icon: MoonStar, run: toggle }]);
  return <RailButton label={label} icon={MoonStar} aria-pressed={on} onClick={toggle} />;
}
