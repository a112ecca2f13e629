/** The main process's end of the channel to the test that started it. */
import type { FromMain, ToMain } from './wire.ts';

/** Tells the test something; nothing is lost when the process ends right after. */
export function tellTest(message: FromMain): void {
  process.send?.(message);
}

/** Answers what the test asks. */
export function whenTestAsks(answer: (question: ToMain) => Promise<unknown>): void {
  process.on('message', (question: ToMain) => {
    const callId = 'callId' in question ? question.callId : null;
    answer(question).then(
      (value) => callId !== null && tellTest({ kind: 'reply', callId, ok: true, value }),
      (error: unknown) => callId !== null && tellTest({ kind: 'reply', callId, ok: false, message: String(error) }),
    );
  });
  process.on('disconnect', () => process.exit(0));
}
