import { useCallback, useEffect, useRef, useState } from 'react';
import { toApiError, type ApiError } from '@/shared/api/errors';
import { useCall, type Call } from '@/shared/api/rpc';
import type { LoginView } from '@/shared/api/schema.gen';

export type Inputs = Record<string, string>;

interface State {
  view: LoginView | null;
  /** Grows with every answer: a new step begins with fresh fields. */
  turn: number;
  busy: boolean;
  error: ApiError | null;
}

const idle: State = { view: null, turn: 0, busy: false, error: null };
/** A backend that answers a waiting call at once must not be asked in a tight loop. */
const BREATH_MS = 400;

export interface Login extends State {
  start: (question: (call: Call) => Promise<LoginView>) => Promise<LoginView | null>;
  next: (inputs: Inputs) => Promise<LoginView | null>;
  /** Gives the login up; nothing of it stays behind. */
  leave: () => void;
}

/** A CRM answers `linked` where a network answers `done`. */
export const isDone = ({ step }: LoginView): boolean => step.kind === 'done' || step.kind === 'linked';

const formOf = (view: LoginView | null): string | null =>
  view && 'fields' in view.step ? `${view.step.kind} ${view.step.fields.map((field) => field.key).join()}` : null;

/** The two forms ask the same: what was entered into one fits the other. */
export const asksTheSame = (a: LoginView | null, b: LoginView | null): boolean => formOf(a) !== null && formOf(a) === formOf(b);

/** When to ask again with nothing entered; null: a person goes on. */
const againAfter = ({ step }: LoginView): number | null => {
  switch (step.kind) {
    case 'wait':
      return BREATH_MS;
    case 'show':
      return Math.max(1, step.refresh_secs) * 1000;
    case 'open_url':
      return step.refresh_secs !== null ? Math.max(1, step.refresh_secs) * 1000 : step.fields.length === 0 ? BREATH_MS : null;
    default:
      return null;
  }
};

/** The page may lead back by itself while a person may also enter something: neither disturbs the other. */
const looksOut = ({ step }: LoginView): boolean => step.kind === 'open_url' && step.refresh_secs !== null;

/** One login from its first step to its end. Answers that come after the person has left are given up by themselves. */
export function useLogin(): Login {
  const call = useCall();
  const [state, setState] = useState<State>(idle);
  const run = useRef(0);
  const view = useRef<LoginView | null>(null);

  const giveUp = useCallback(
    (of: LoginView | null) => {
      if (of && !isDone(of)) call('login.cancel', { login_id: of.login_id }).catch(() => undefined);
    },
    [call],
  );

  const leave = useCallback(() => {
    run.current += 1;
    giveUp(view.current);
    view.current = null;
    setState(idle);
  }, [giveUp]);

  const ask = useCallback(
    async (question: () => Promise<LoginView>): Promise<LoginView | null> => {
      run.current += 1;
      const mine = run.current;
      setState((old) => ({ ...old, busy: true, error: null }));
      try {
        const answer = await question();
        if (mine !== run.current) {
          if (answer.login_id !== view.current?.login_id) giveUp(answer);
          return null;
        }
        view.current = answer;
        setState((old) => ({ view: answer, turn: old.turn + 1, busy: false, error: null }));
        return answer;
      } catch (cause) {
        if (mine === run.current) setState((old) => ({ ...old, busy: false, error: toApiError(cause) }));
        return null;
      }
    },
    [giveUp],
  );

  const start = useCallback(
    (question: (call: Call) => Promise<LoginView>) => {
      giveUp(view.current);
      return ask(() => question(call));
    },
    [ask, call, giveUp],
  );

  const looking = useRef<Promise<LoginView | null>>(Promise.resolve(null));
  const next = useCallback(
    async (inputs: Inputs) => {
      const login_id = view.current?.login_id;
      if (login_id === undefined) return null;
      return ask(async () => {
        // A look that is under way may end the login: what was entered would find nothing.
        const came = await looking.current;
        if (came && isDone(came)) return came;
        return call('login.next', { login_id, inputs });
      });
    },
    [ask, call],
  );

  /** Asks whether the page has led back. Nothing on the screen moves until it has. */
  const look = useCallback(async () => {
    const [at, mine] = [view.current, run.current];
    if (!at) return;
    const answer = call('login.next', { login_id: at.login_id, inputs: {} });
    looking.current = answer.catch(() => null);
    try {
      const came = await answer;
      if (mine !== run.current || formOf(came) === formOf(at)) return;
      run.current += 1;
      view.current = came;
      setState((old) => ({ view: came, turn: old.turn + 1, busy: false, error: null }));
    } catch (cause) {
      if (mine === run.current) setState((old) => ({ ...old, error: toApiError(cause) }));
    }
  }, [call]);

  useEffect(() => leave, [leave]);

  // Steps that ask nothing go on by themselves; after an error only when the person says so. A page that leads back is
  // looked out for whatever else is said.
  const { turn, error, busy } = state;
  const [looks, setLooks] = useState(0);
  useEffect(() => {
    const at = view.current;
    const pause = at && againAfter(at);
    if (!at || pause === null || busy) return undefined;
    if (looksOut(at) && error?.code !== 'not_found') {
      const timer = setTimeout(() => void look().finally(() => setLooks((old) => old + 1)), pause);
      return () => clearTimeout(timer);
    }
    if (error) return undefined;
    const timer = setTimeout(() => void next({}), pause);
    return () => clearTimeout(timer);
  }, [turn, error, busy, looks, look, next]);

  return { ...state, start, next, leave };
}
