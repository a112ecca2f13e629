/** Where this user's settings, sample log and indexes lie. */
import { chmodSync, mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import envPaths from 'env-paths';
import { AuditError } from '../../shared/errors.ts';

/**
 * The data folder, absolute: `AUDIT_DESK_DATA`, or the place that the system has for an application's data. Made with mode 0700
 * where it is missing. Synchronous, because Electron must know it before it is ready. Fails with `io_error`.
 */
export function openDataFolder(): string {
  const configured = process.env['AUDIT_DESK_DATA'];
  const folder = configured ? resolve(configured) : envPaths('audit-desk', { suffix: '' }).data;
  try {
    const made = mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (made !== undefined) chmodSync(folder, 0o700);
  } catch (cause) {
    const message = `The folder for settings cannot be made: ${folder}. Name another one in AUDIT_DESK_DATA.`;
    throw new AuditError('io_error', message, { cause, details: { path: folder } });
  }
  return folder;
}
