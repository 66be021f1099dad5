import { useCallback } from 'react';
import { toApiError } from '../api/errors';
import { useReasonText } from '../channels/useReasonText';

/** Words for a refused call: what happened, what was kept, what to do. */
export function useErrorText(): (cause: unknown) => string {
  const text = useReasonText();
  return useCallback((cause: unknown) => text(toApiError(cause).reason), [text]);
}

/** The same for a form: a text for each field that has to be corrected. */
export function useFieldErrors(): (cause: unknown) => Record<string, string> {
  const text = useReasonText();
  return useCallback(
    (cause: unknown) => Object.fromEntries(toApiError(cause).fields.map(({ field, reason }) => [field, text(reason)])),
    [text],
  );
}
