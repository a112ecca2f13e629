/** Parts of the library that land after the desk. Stands until they do. */

import type { Interaction } from '../../shared/interaction.ts';
import { AuditError, type EncryptionManager } from '../audit/index.ts';
import type { DeskStorage } from './source-storage.ts';

function pending(): AuditError {
  return new AuditError('not_supported_here', 'This is not part of this build.');
}

export const FileStorage = class {
  constructor(_path: string) {
    throw pending();
  }
} as unknown as new (
  path: string,
) => DeskStorage;

export const AuditLogger = class {
  constructor(_options: object) {
    throw pending();
  }
} as unknown as new (
  options: object,
) => { log(interaction: Interaction): Promise<string> };

export async function writeSampleLog(_options: { encryption: EncryptionManager } & Record<string, unknown>) {
  throw pending();
}
