/** Every guard that can be taken away by a change of a line or three, in the order of the scenarios. */
import type { Guard } from './guard.ts';
import { BUCKET_GUARDS } from './guards/bucket-guards.ts';
import { DESK_GUARDS } from './guards/desk-guards.ts';
import { FILE_GUARDS } from './guards/file-guards.ts';

export const GUARDS: readonly Guard[] = [...FILE_GUARDS, ...BUCKET_GUARDS, ...DESK_GUARDS];
