/** Lets a program stand ready, all its code loaded, until whoever started it says go. */
import { readSync, writeSync } from 'node:fs';
import { stat } from 'node:fs/promises';

/** Set in the environment of a program that shall wait. */
export const WAITS_FOR_GO = 'AUDIT_DESK_TORTURE_WAITS';
/** The line that says it stands ready. */
export const READY = 'ready';

/** Waits where it was asked for, all its threads begun; else returns at once. */
export async function waitForGo(): Promise<void> {
  if (process.env[WAITS_FOR_GO] === undefined) return;
  await stat('.');
  writeSync(1, `${READY}\n`);
  readSync(0, new Uint8Array(1));
}
