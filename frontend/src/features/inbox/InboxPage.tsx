import { useInfiniteQuery } from '@tanstack/react-query';
import { useCall } from '@/shared/api/rpc';
import { conversationList, everything } from './queries';
import type { InboxAddress } from './address';

interface Props {
  address: InboxAddress;
  go: (change: Partial<InboxAddress>, replace?: boolean) => void;
}

export function InboxPage({ address, go }: Props) {
  const list = useInfiniteQuery(conversationList(useCall(), { ...everything, filter: address.filter ?? 'all' }));
  return (
    <ul>
      {list.data?.pages.flatMap((page) => page.items).map((row) => <li key={row.id}><button onClick={() => go({ id: row.id })}>{row.title}</button></li>)}
    </ul>
  );
}
