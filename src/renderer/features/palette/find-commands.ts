/** Which commands a person means by what is typed, best first. */
import type { Command } from './command.ts';
import { fuzzyMatch } from './fuzzy-match.ts';

/** A command with the letters of its title that were meant. */
export interface FoundCommand {
  readonly command: Command;
  readonly places: readonly number[];
}

/** What a match in a command's other words is worth beside one in its title. */
const BY_OTHER_WORDS = 0.5;

/** Commands that fit, best first; all in their own order where nothing is typed. */
export function findCommands(commands: readonly Command[], query: string): readonly FoundCommand[] {
  if (query.trim() === '') return commands.map((command) => ({ command, places: [] }));
  const found = commands.flatMap((command) => {
    const byTitle = fuzzyMatch(query, command.title);
    const byWords = fuzzyMatch(query, `${command.group} ${command.title} ${command.words ?? ''}`);
    if (byTitle === null && byWords === null) return [];
    const score = Math.max(byTitle?.score ?? -Infinity, (byWords?.score ?? -Infinity) * BY_OTHER_WORDS);
    return [{ command, places: byTitle?.places ?? [], score }];
  });
  return found.sort((first, second) => second.score - first.score).map(({ command, places }) => ({ command, places }));
}
