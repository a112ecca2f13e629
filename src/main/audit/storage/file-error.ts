/** What the operating system says about files, as an AuditError with a sentence a person can act on. */
import { AuditError, type AuditErrorCode, isAuditError } from '../../../shared/errors.ts';

const CODES: Readonly<Record<string, readonly [code: AuditErrorCode, sentence: string]>> = {
  ENOENT: ['source_not_found', 'There is no such file or folder.'],
  ENOTDIR: ['not_a_folder', 'It is not a folder.'],
  EACCES: ['permission_denied', 'Permission was denied.'],
  EPERM: ['permission_denied', 'Permission was denied.'],
  EROFS: ['permission_denied', 'It can only be read.'],
  ENOSPC: ['disk_full', 'The disk is full.'],
  EDQUOT: ['disk_full', 'The disk quota is used up.'],
  EMFILE: ['too_many_open_files', 'Too many files are open in this program.'],
  ENFILE: ['too_many_open_files', 'Too many files are open on this machine.'],
};

/** What a system answers that cannot give a file a second name. */
export const CANNOT_LINK: ReadonlySet<string | null> = new Set([
  'EPERM',
  'ENOTSUP',
  'EOPNOTSUPP',
  'ENOSYS',
  'EMLINK',
  'EXDEV',
]);

/** The errno name of a system error (`ENOENT`), or null for any other error. */
export function errnoOf(error: unknown): string | null {
  const code = error instanceof Error ? (error as { code?: unknown }).code : undefined;
  return typeof code === 'string' && /^E[A-Z0-9]+$/.test(code) ? code : null;
}

/** A file system failure by code, with the path in its sentence. What is an AuditError already stays as it is. */
export function toFileError(error: unknown, path: string, doing: string): AuditError {
  if (isAuditError(error)) return error;
  const errno = errnoOf(error);
  const [code, sentence] = CODES[errno ?? ''] ?? ['io_error', `The system reports ${errno ?? 'an error'}.`];
  const details = errno === null ? { path } : { path, errno };
  return new AuditError(code, `Could not ${doing} ${path}. ${sentence}`, { cause: error, details });
}
