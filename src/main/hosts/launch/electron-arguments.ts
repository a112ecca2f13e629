/** What the command line hands over to the desktop application that it starts. */
import type { SourceLocation } from '../../../shared/contract.ts';

/** Behind it stands a source location as JSON. Locations hold no credentials. */
export const SOURCE_SWITCH = '--open-source=';

/** Arguments of Electron's binary. Chromium's sandbox refuses to run as root on Linux, so root goes without it. */
export function electronArguments(mainFile: string, source: SourceLocation | null, asRoot: boolean): readonly string[] {
  return [
    ...(asRoot ? ['--no-sandbox'] : []),
    mainFile,
    ...(source === null ? [] : [`${SOURCE_SWITCH}${JSON.stringify(source)}`]),
  ];
}
