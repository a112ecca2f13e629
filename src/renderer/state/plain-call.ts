/** A call that nothing remembers: for what carries a secret. A query library would keep its input in a cache. */
import { useCallback, useEffect, useRef, useState } from 'react';

interface CallState<Output> {
  readonly isPending: boolean;
  readonly data: Output | null;
  readonly error: unknown;
}

interface CallListeners<Output> {
  readonly onSuccess?: (output: Output) => void;
  readonly onError?: (error: unknown) => void;
}

/** The state of the last call, and how to make one. */
export interface PlainCall<Input, Output> extends CallState<Output> {
  /** Calls; the listeners are told only while the component is shown and no later call was made. */
  readonly mutate: (input: Input, listeners?: CallListeners<Output>) => void;
  readonly reset: () => void;
}

const IDLE: CallState<never> = { isPending: false, data: null, error: null };

/** Runs `call`, and holds its outcome, never its input, as long as the component is shown. */
export function usePlainCall<Input, Output>(call: (input: Input) => Promise<Output>): PlainCall<Input, Output> {
  const [state, setState] = useState<CallState<Output>>(IDLE);
  const attempt = useRef(0);
  useEffect(
    () => () => {
      attempt.current += 1;
    },
    [],
  );
  const run = async (input: Input, listeners: CallListeners<Output>) => {
    attempt.current += 1;
    const mine = attempt.current;
    setState({ isPending: true, data: null, error: null });
    try {
      const data = await call(input);
      if (attempt.current !== mine) return;
      setState({ isPending: false, data, error: null });
      listeners.onSuccess?.(data);
    } catch (error) {
      if (attempt.current !== mine) return;
      setState({ isPending: false, data: null, error });
      listeners.onError?.(error);
    }
  };
  const reset = useCallback(() => {
    attempt.current += 1;
    setState(IDLE);
  }, []);
  return { ...state, mutate: (input, listeners = {}) => void run(input, listeners), reset };
}
