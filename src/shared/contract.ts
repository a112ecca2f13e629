/**
 * The wall between window and machine: every operation with the schema of its input and the type of its output, every event
 * with the type of its payload. The desk implements it; hosts carry it; the renderer calls it. Nothing else crosses.
 *
 * All values are plain JSON (no bigint, no Date, no NaN), so that both carriers deliver the same. The parts are in `contract/`,
 * one a use case; here they are put together.
 */

import { contentSearchOperations } from './contract/content-search.ts';
import { countOperations } from './contract/counts.ts';
import { entryOperations } from './contract/entries.ts';
import { exportOperations } from './contract/export.ts';
import { hostOperations } from './contract/host.ts';
import { keyOperations } from './contract/keys.ts';
import { type Operation, operation } from './contract/operation.ts';
import { recordingOperations } from './contract/recording.ts';
import { retentionOperations } from './contract/retention.ts';
import { sourceOperations } from './contract/sources.ts';
import { viewOperations } from './contract/views.ts';
import type { WireError } from './errors.ts';
import { z } from './schema.ts';

export * from './contract/content-search.ts';
export * from './contract/counts.ts';
export * from './contract/entries.ts';
export * from './contract/events.ts';
export * from './contract/export.ts';
export * from './contract/host.ts';
export * from './contract/keys.ts';
export * from './contract/retention.ts';
export * from './contract/sources.ts';

/** Every operation of the desk by name. */
export const contract = {
  ...hostOperations,
  ...sourceOperations,
  ...entryOperations,
  ...countOperations,
  ...recordingOperations,
  ...exportOperations,
  ...contentSearchOperations,
  ...keyOperations,
  ...retentionOperations,
  ...viewOperations,
  /** Stops long work that was started under this id. */
  'jobs.stop': operation(z.strictObject({ jobId: z.string().min(1).max(64) })).returns<null>(),
} as const;
export type Contract = typeof contract;
export type OperationName = keyof Contract;

export type OperationInput<Name extends OperationName> = z.output<Contract[Name]['input']>;

/** What a caller may write: defaults need not be filled in. */
export type OperationCall<Name extends OperationName> = z.input<Contract[Name]['input']>;

export type OperationOutput<Name extends OperationName> =
  Contract[Name] extends Operation<z.ZodType, infer Output> ? Output : never;

/** True for the name of an operation of the contract; inherited names such as `__proto__` are none. */
export function isOperationName(name: unknown): name is OperationName {
  return typeof name === 'string' && Object.hasOwn(contract, name);
}

/** What comes back over any carrier. */
export type Reply<Output> =
  | { readonly ok: true; readonly value: Output }
  | { readonly ok: false; readonly error: WireError };

/** The implementation of the contract. Inputs are parsed already. */
export type DeskHandlers = {
  readonly [Name in OperationName]: (input: OperationInput<Name>) => Promise<OperationOutput<Name>>;
};

/**
 * The one bridge that a host puts into the window, as `window.auditDesk`. Values cross as JSON text, as they do over HTTP: what
 * works in one host works in the other, and no copy on the way drops a key such as `__proto__`.
 */
export interface DeskBridge {
  /** Input as JSON text; answers a {@link Reply} as JSON text. */
  invoke(name: string, inputJson: string): Promise<string>;
  /** Listens to every event, its payload as JSON text; answers how to stop listening. */
  subscribe(listener: (name: string, payloadJson: string) => void): () => void;
  /** Path of a file or folder that a person dropped onto the window; empty for what is no file of this machine. */
  pathOf(file: File): string;
}
