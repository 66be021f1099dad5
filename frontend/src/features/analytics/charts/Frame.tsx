import { useRef, type ReactNode } from 'react';
import { ImageDown } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useHost } from '@/shared/host';
import { useErrorText } from '@/shared/lib/useErrorText';
import { Tool } from '@/shared/ui/bits';
import { complain, tell } from '@/shared/ui/complain';
import { Icon } from '@/shared/ui/Icon';
import { pictureOf } from '../picture';
import s from '../Analytics.module.css';

interface Props {
  title: string;
  legend?: ReactNode;
  /** What the picture says, for those who do not see it. */
  said: string;
  children: ReactNode;
}

/** A chart with its title, its legend and the way to take it along as a picture. */
export function Frame({ title, legend, said, children }: Props) {
  const { t } = useTranslation();
  const host = useHost();
  const errorText = useErrorText();
  const box = useRef<HTMLDivElement>(null);
  const save = async () => {
    const svg = box.current?.querySelector<SVGSVGElement>('svg');
    const file = svg && (await host.savePicture(`${title}.png`, await pictureOf(svg, title)));
    if (file) tell(t('analytics.pictureSaved', { file }));
  };
  return (
    <section aria-label={title}>
      <h2>
        {title}
        <span className={s.legend}>{legend}</span>
        <Tool
          label={t('analytics.savePicture', { title })}
          onClick={() => void save().catch((cause: unknown) => complain(errorText(cause)))}
        >
          <Icon of={ImageDown} size={15} />
        </Tool>
      </h2>
      <div className={s.chart} ref={box} role="img" aria-label={said}>
        {children}
      </div>
    </section>
  );
}
