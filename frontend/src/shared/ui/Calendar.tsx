import '@mantine/dates/styles.css';
import 'dayjs/locale/es';
import 'dayjs/locale/ru';
import { useState } from 'react';
import { DatePicker } from '@mantine/dates';

interface Props {
  language: string;
  /** The last day that can be chosen. */
  today: string;
  from: string | undefined;
  to: string | undefined;
  onChoose: (from: string, to: string) => void;
}

/** A month to choose a first and a last day in. Loaded when it is opened: few searches need it. */
export default function Calendar({ language, today, from, to, onChoose }: Props) {
  const [half, setHalf] = useState<string | null>(null);
  return (
    <DatePicker
      type="range"
      allowSingleDateInRange
      weekendDays={[]}
      size="xs"
      locale={language}
      firstDayOfWeek={language === 'en' ? 0 : 1}
      maxDate={today}
      defaultDate={to ?? today}
      value={half ? [half, null] : [from ?? null, to ?? null]}
      onChange={([begin, end]) => {
        if (begin && end) onChoose(begin, end);
        else setHalf(begin);
      }}
    />
  );
}
