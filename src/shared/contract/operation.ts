/** How one operation of the contract is written down, and the small inputs that many share. */

import { z } from '../schema.ts';

declare const outputType: unique symbol;

/** One operation: how its input is parsed, and (as a type only) what comes out. */
export interface Operation<Input extends z.ZodType, Output> {
  readonly input: Input;
  readonly [outputType]?: Output;
}

/** Writes an operation: its input's schema here, its output's type by `.returns<Output>()`. */
export function operation<Input extends z.ZodType>(input: Input) {
  return { returns: <Output>(): Operation<Input, Output> => ({ input }) };
}

/** The input of an operation that needs none. */
export const nothing = z.strictObject({});

/** Names a source that is open. */
export const sourceId = z.string().min(1).max(64);

/** A path on the host's side. */
export const path = z.string().min(1).max(4096);

/** The input of an operation that needs a source and nothing else. */
export const ofSource = z.strictObject({ sourceId });
