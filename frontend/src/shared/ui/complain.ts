import { notifications } from '@mantine/notifications';

/** For a refusal that no row, field or bubble can show. */
export const complain = (message: string): void => void notifications.show({ message, color: 'red', autoClose: 9000 });
/** A done deed that can be taken back. */
export const tell = (message: React.ReactNode, id?: string): void =>
  void notifications.show({ message, color: 'pine', ...(id ? { id } : {}) });
