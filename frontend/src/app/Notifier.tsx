import { useEffect } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { previewText } from '@/features/inbox';
import { useBoot } from '@/shared/api/boot';
import { onChange } from '@/shared/api/changes';
import { useHost } from '@/shared/host';
import { useAttention } from '@/shared/lib/useAttention';

/** Announces new messages where the shell does not: never while somebody looks at the window. */
export function Notifier() {
  const { t } = useTranslation();
  const host = useHost();
  const navigate = useNavigate();
  const looking = useAttention();
  const settings = useBoot()?.settings;
  const wanted = !looking && settings?.notifications === true && !settings.do_not_disturb;

  useEffect(
    () =>
      onChange((change) => {
        if (change.tag !== 'notify' || !wanted) return;
        const id = change.conversation_id;
        void host.notify({
          title: change.title,
          body: previewText(t, change.preview),
          tag: `conversation-${id}`,
          onClick: () => void navigate({ to: '/chats', search: { id } }),
        });
      }),
    [host, navigate, t, wanted],
  );
  return null;
}
