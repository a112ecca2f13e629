/** The SOURCE that the application was started with. */
import { type SourceLocation, sourceLocationSchema } from '../../../shared/contract.ts';
import { SOURCE_SWITCH } from '../launch/electron-arguments.ts';
import { parseSourceArgument } from '../source-argument.ts';

/**
 * Reads it from the process's arguments: as `audit-desk open` hands it over, or as a person typed it behind the packaged
 * application's name. null where there is none, or none that can be read.
 */
export function sourceFromArguments(
  argv: readonly string[],
  packaged: boolean,
  currentFolder: string,
): SourceLocation | null {
  const handed = argv.find((argument) => argument.startsWith(SOURCE_SWITCH));
  try {
    if (handed !== undefined) return sourceLocationSchema.parse(JSON.parse(handed.slice(SOURCE_SWITCH.length)));
    const typed = argv.slice(packaged ? 1 : 2).find((argument) => !argument.startsWith('-'));
    return typed === undefined ? null : parseSourceArgument(typed, currentFolder);
  } catch {
    return null;
  }
}
