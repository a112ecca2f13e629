/** Work over stored lines that takes keys and time: done on threads of its own, or here where it is little. */
import { type FormattedLines, type LineForm, lineFormatter } from './export-lines.ts';
import { KeyRing } from './key-ring.ts';

/** What is to be done with every portion of lines, and the keys for it. */
export interface ContentTask {
  readonly form: LineForm;
  /** As {@link KeyRing.texts} answers them. They leave memory with the task. */
  readonly keys: readonly string[];
}

/** Takes up a task; the answer works on one portion of lines after the other. */
export function beginTask({ form, keys }: ContentTask): (lines: readonly Uint8Array[]) => FormattedLines {
  return lineFormatter(form, ringOf(keys));
}

function ringOf(keys: readonly string[]): KeyRing {
  const ring = new KeyRing(
    () => 0,
    () => {},
  );
  for (const key of keys) ring.add(key, '');
  return ring;
}
