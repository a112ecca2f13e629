/** A place for one scenario: folders, chance, and what must be undone when it is over. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Random numbers that can be had again: a linear congruential generator after Numerical Recipes. */
export class Chance {
  readonly seed: number;
  #state: number;

  constructor(seed: number) {
    this.seed = seed;
    this.#state = seed >>> 0;
  }

  /** A whole number from 0, below the limit. */
  below(limit: number): number {
    this.#state = (Math.imul(this.#state, 1664525) + 1013904223) >>> 0;
    return Math.floor((this.#state / 2 ** 32) * limit);
  }
}

/** Folders and chance of one scenario. Undone in the reverse order, also where the scenario throws. */
export class Workbench {
  readonly root: string;
  /** Seeded from `AUDIT_DESK_TORTURE_SEED` where it is set, else from the time. */
  readonly chance: Chance;
  readonly #undo: (() => unknown)[] = [];
  #folders = 0;

  private constructor(root: string) {
    this.root = root;
    this.chance = new Chance(Number(process.env['AUDIT_DESK_TORTURE_SEED'] ?? Date.now() % 2 ** 31));
  }

  static async open(): Promise<Workbench> {
    return new Workbench(await mkdtemp(join(tmpdir(), 'audit-torture-')));
  }

  /** A path that does not exist yet, in a folder that does. */
  folder(): string {
    this.#folders += 1;
    return join(this.root, `log-${this.#folders}`);
  }

  /** Undone when the bench is closed, the last first. */
  afterwards(undo: () => unknown): void {
    this.#undo.push(undo);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const undo of this.#undo.reverse()) await undo();
    await rm(this.root, { recursive: true, force: true });
  }
}
