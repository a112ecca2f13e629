/** Keys that move the selection through the rows of the view. */
import type { RowStep } from '../../state/view.ts';

const STEPS: Readonly<Record<string, RowStep>> = {
  ArrowDown: 'next',
  ArrowUp: 'previous',
  PageDown: 'pageDown',
  PageUp: 'pageUp',
  Home: 'first',
  End: 'last',
  j: 'next',
  k: 'previous',
};

/** The step that a key press asks for; null for other keys and for keys with a modifier. */
export function rowStepOf(event: {
  readonly key: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}): RowStep | null {
  if (event.altKey || event.ctrlKey || event.metaKey) return null;
  return STEPS[event.key] ?? null;
}

/** The position after a step from `index` (null: nothing is chosen) among `count` rows; null where there are none. */
export function stepFrom(index: number | null, step: RowStep, count: number, pageRows: number): number | null {
  if (count === 0) return null;
  const last = count - 1;
  const clamp = (position: number) => Math.min(Math.max(0, position), last);
  if (step === 'first') return 0;
  if (step === 'last') return last;
  if (index === null) return step === 'previous' || step === 'pageUp' ? last : 0;
  const distance = { next: 1, previous: -1, pageDown: pageRows, pageUp: -pageRows }[step];
  return clamp(index + distance);
}
