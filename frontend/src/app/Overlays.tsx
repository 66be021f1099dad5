import { useNavigate } from '@tanstack/react-router';
import { AccountDialogs } from '@/features/accounts';
import { Palette } from '@/features/palette';
import { WriteFirst } from '@/features/write-first';
import { PlaceActions } from './PlaceActions';

/** What can be opened over any screen. */
export function Overlays() {
  const navigate = useNavigate();
  const openConversation = (id: number) => void navigate({ to: '/chats', search: { id } });
  return (
    <>
      <PlaceActions />
      <AccountDialogs />
      <WriteFirst onOpen={openConversation} />
      <Palette onConversation={openConversation} />
    </>
  );
}
