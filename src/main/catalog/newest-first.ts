/** A queue in which the latest request goes first: what a person asked last is what they wait for. */
import { AuditError } from '../audit/index.ts';

interface Waiting {
  readonly start: () => void;
  readonly drop: (error: AuditError) => void;
}

/**
 * Runs at most `width` requests at once. Of more than `most` that wait, the oldest is dropped with `cancelled`: somebody who sends
 * that many has long moved on.
 */
export class NewestFirst {
  readonly #width: number;
  readonly #most: number;
  readonly #waiting: Waiting[] = [];
  #running = 0;

  constructor(width: number, most: number) {
    this.#width = width;
    this.#most = most;
  }

  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    // Who is let in takes over the place of the one that is done.
    if (this.#running >= this.#width) await this.#turn();
    else this.#running += 1;
    try {
      return await work();
    } finally {
      const next = this.#waiting.pop();
      if (next === undefined) this.#running -= 1;
      else next.start();
    }
  }

  #turn(): Promise<void> {
    return new Promise((start, drop) => {
      this.#waiting.push({ start, drop });
      if (this.#waiting.length <= this.#most) return;
      this.#waiting.shift()?.drop(new AuditError('cancelled', 'Newer questions came before this one was answered.'));
    });
  }
}
