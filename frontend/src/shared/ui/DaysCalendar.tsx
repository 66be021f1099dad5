import '@mantine/dates/styles.css';
import 'dayjs/locale/es';
import 'dayjs/locale/ru';
import { DatePicker } from '@mantine/dates';

interface Props {
  language: string;
  days: readonly string[];
  onChange: (days: string[]) => void;
}

/** A month in which any number of days is marked. Loaded when it is opened. */
export default function DaysCalendar({ language, days, onChange }: Props) {
  return (
    <DatePicker
      type="multiple"
      weekendDays={[]}
      size="xs"
      locale={language}
      firstDayOfWeek={language === 'en' ? 0 : 1}
      value={[...days]}
      onChange={onChange}
    />
  );
}
