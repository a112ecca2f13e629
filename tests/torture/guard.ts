/** What keeps a promise, as a change that takes it away: a scenario that still holds then proves nothing. */

/** One text of the source, and what stands there without the guard. */
export interface GuardEdit {
  /** From the root of the repository. */
  readonly file: string;
  /** Occurs once. */
  readonly find: string;
  readonly replace: string;
}

/** One guard. */
export interface Guard {
  /** Name of the scenario that must see it missing. */
  readonly scenario: string;
  /** What is taken away, as half a sentence. */
  readonly without: string;
  readonly edits: readonly GuardEdit[];
  /** Rounds in which the scenario must see it. */
  readonly rounds: number;
  /** The scenario runs what is built. */
  readonly builds?: boolean;
}
