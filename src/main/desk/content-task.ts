/** Work over stored lines that takes keys and time: done on threads of its own, or here where it is little. */
import { type FormattedLines, type LineForm, lineFormatter } from './export-lines.ts';
import { KeyRing } from './key-ring.ts';
import { type ContentQuestion, lineSearcher, type SearchedLines } from './search-lines.ts';

/** Kinds of work, each with what it is told and what a portion of lines comes to. */
export interface ContentTasks {
  readonly format: { readonly form: LineForm; readonly result: FormattedLines };
  readonly search: { readonly form: ContentQuestion; readonly result: SearchedLines };
}
export type TaskKind = keyof ContentTasks;

/** What is to be done with every portion of lines, and the keys for it. */
export interface ContentTask<Kind extends TaskKind = TaskKind> {
  readonly kind: Kind;
  readonly form: ContentTasks[Kind]['form'];
  /** As {@link KeyRing.texts} answers them. They leave memory with the task. */
  readonly keys: readonly string[];
}

/** Works on one portion of lines. */
export type PortionWork<Kind extends TaskKind> = (lines: readonly Uint8Array[]) => ContentTasks[Kind]['result'];

const BEGIN: {
  readonly [Kind in TaskKind]: (form: ContentTasks[Kind]['form'], ring: KeyRing) => PortionWork<Kind>;
} = { format: lineFormatter, search: lineSearcher };

/** Takes up a task; the answer works on one portion after the other. */
export function beginTask<Kind extends TaskKind>({ kind, form, keys }: ContentTask<Kind>): PortionWork<Kind> {
  return BEGIN[kind](form, ringOf(keys));
}

function ringOf(keys: readonly string[]): KeyRing {
  const ring = new KeyRing(
    () => 0,
    () => {},
  );
  for (const key of keys) ring.add(key, '');
  return ring;
}
