/** A desk that runs for a test, whichever host carries it. */
import type { Page } from '@playwright/test';

/** Names of the hosts, as the projects of the Playwright configuration give them. */
export type HostName = 'web' | 'harness' | 'electron';

export interface StartOptions {
  /** A SOURCE as on the command line; none shows the start screen. */
  readonly source: string | null;
  readonly dataFolder: string;
}

export interface RunningDesk {
  readonly page: Page;
  /** What its process wrote on stdout and stderr so far. */
  output(): string;
  /** What the next system dialog answers: a path, or null for "dismissed". Does nothing where there are no system dialogs. */
  answerDialogs(path: string | null): Promise<void>;
  /** Ends it as a person would. Rejects where its process ends with another exit code than 0. */
  end(): Promise<void>;
}
