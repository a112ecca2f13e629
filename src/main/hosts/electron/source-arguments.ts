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
    // Where the application is not packaged, the first argument that is no switch is its main file.
    const typed = argv.slice(1).filter((argument) => !argument.startsWith('-'))[packaged ? 0 : 1];
    return typed === undefined ? null : parseSourceArgument(typed, currentFolder);
  } catch {
    return null;
  }
}
