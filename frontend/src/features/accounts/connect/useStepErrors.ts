import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiError } from '@/shared/api/errors';
import type { Connectable } from '@/shared/channels/channels';
import { useReasonText } from '@/shared/channels/useReasonText';
import { networkProblems, type Network } from '../network';

export interface StepErrors {
  /** By field of the step. */
  fields: Record<string, string>;
  /** Belongs to no field. */
  general: string | null;
  /** By field of the way to the network. */
  network: Record<string, string>;
}

const isNetworkField = (field: string): boolean => field === 'proxy' || /^endpoints?\./.test(field);

/** Where each part of a refusal is shown: at its field, at the proxy, or above the buttons. */
export function useStepErrors(error: ApiError | null, network: Network, channel: Connectable | undefined): StepErrors {
  const { t } = useTranslation();
  const text = useReasonText();
  return useMemo(() => {
    const typed = channel
      ? Object.fromEntries(Object.entries(networkProblems(network, channel.info)).map(([field, key]) => [field, t(key)]))
      : {};
    if (!error) return { fields: {}, general: null, network: typed };
    const told = error.fields.map(({ field, reason }) => [field, text(reason)] as const);
    return {
      fields: Object.fromEntries(told.filter(([field]) => !isNetworkField(field))),
      general: told.length > 0 ? null : text(error.reason),
      network: { ...Object.fromEntries(told.filter(([field]) => isNetworkField(field))), ...typed },
    };
  }, [channel, error, network, t, text]);
}
