/** Folders that the system hands over: dropped on the application's icon, or chosen among its recent documents (macOS). */
import { app } from 'electron';

/**
 * Begins to listen; must run before the application is ready, because the first path may come before that. Paths are kept until
 * somebody takes them. Answers how to take them.
 */
export function collectOpenedFiles(): (take: (path: string) => void) => void {
  const waiting: string[] = [];
  let taker: ((path: string) => void) | null = null;
  app.on('open-file', (event, path) => {
    event.preventDefault();
    if (taker === null) waiting.push(path);
    else taker(path);
  });
  return (take) => {
    taker = take;
    for (const path of waiting.splice(0)) take(path);
  };
}
