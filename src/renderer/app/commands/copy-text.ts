/** Copying that a command does, which has no button to say so. */
import { reportFailure } from '../../state/failure-notices.ts';

/** Puts a text on the clipboard; a failure stays in sight under `title`. */
export function copyText(text: string, title: string): void {
  navigator.clipboard.writeText(text).catch((error: unknown) => reportFailure(title, error));
}
