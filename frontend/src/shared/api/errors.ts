import type { ApiError as WireError, Code, FieldProblem, Reason } from './schema.gen';

/** The backend's codes, and what can go wrong on the way to it. */
export type ErrorCode = Code | 'unreachable' | 'unauthorized' | 'cancelled' | 'internal';

/** Why a call did not do what was asked: the key of a text, what goes into it, and the field it belongs to. */
export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly reason: Reason;
  readonly fields: FieldProblem[];

  constructor(code: ErrorCode, reason: Reason = { key: `error.${code}` }, fields: FieldProblem[] = []) {
    super(`${code} ${reason.key}`);
    this.name = 'ApiError';
    this.code = code;
    this.reason = reason;
    this.fields = fields;
  }
}

const isWire = (cause: unknown): cause is WireError =>
  typeof cause === 'object' && cause !== null && 'code' in cause && 'reason' in cause && typeof cause.reason === 'object';

/** Anything that a call was refused with. What is not ours becomes `internal`: its text is not for people. */
export function toApiError(cause: unknown): ApiError {
  if (cause instanceof ApiError) return cause;
  if (!isWire(cause)) return new ApiError('internal');
  const { code, reason, field, fields } = cause;
  return new ApiError(code, reason, field ? [{ field, reason }, ...fields] : fields);
}
