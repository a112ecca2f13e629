/** `audit-desk log`. */

import { resolve } from 'node:path';
import { AuditError, type AuditErrorCode, isAuditError } from '../../../shared/errors.ts';
import { type Interaction, interactionSchema } from '../../../shared/interaction.ts';
import { readJson } from '../../../shared/lossless-json.ts';
import { AuditLogger, EncryptionManager } from '../../audit/index.ts';
import { readKeyFile } from '../../desk/keys.ts';
import { parseSourceArgument } from '../source-argument.ts';
import type { CommandContext, ExitCode } from './command-context.ts';
import { type InputLine, inputLines, lineText } from './input-lines.ts';
import { withStorageAt } from './opened-source.ts';
import { printable } from './printable.ts';

export interface LogOptions {
  readonly storeContent?: boolean;
  readonly keyFile?: string;
}

/** Entries under way at once, so that one sync makes many of them safe. */
const MOST_UNDER_WAY = 1024;
/** Bytes of input under way at once. */
const MOST_BYTES_UNDER_WAY = 33_554_432;

/** Codes that speak of one line; any other failure is the log's own, and ends the command. */
const FAULTS_OF_A_LINE: ReadonlySet<AuditErrorCode> = new Set([
  'invalid_argument',
  'invalid_entry',
  'invalid_id',
  'unencodable_text',
]);

/**
 * Records one interaction a line of standard input. Prints the ids in the order of the input, each once its entry is safe. A bad
 * line is named and the rest goes on (exit 3); where the log itself fails, what was not recorded is named and the command ends.
 */
export async function logCommand(context: CommandContext, source: string, options: LogOptions): Promise<ExitCode> {
  const encryption = await encryptionOf(context, options);
  const location = parseSourceArgument(source, context.currentFolder);
  return await withStorageAt(location, async (storage) => {
    const storeContent = options.storeContent === true;
    const logger = new AuditLogger({ storage, storeContent, ...(encryption === null ? {} : { encryption }) });
    return await new Recording(context, logger).run();
  });
}

async function encryptionOf(context: CommandContext, options: LogOptions): Promise<EncryptionManager | null> {
  if (options.keyFile === undefined) return null;
  const key = await readKeyFile(resolve(context.currentFolder, options.keyFile));
  if (options.storeContent !== true) {
    await context.stderr.write('Without --store-content only hashes are recorded; the key is not used.\n');
  }
  return new EncryptionManager(key);
}

/** Keeps many entries under way and tells about them in the order of the input. */
class Recording {
  readonly #context: CommandContext;
  readonly #logger: AuditLogger;
  #telling: Promise<void> = Promise.resolve();
  #underWay = 0;
  #bytesUnderWay = 0;
  #wake: (() => void) | null = null;
  #badLines = 0;
  #failedFrom: number | null = null;

  constructor(context: CommandContext, logger: AuditLogger) {
    this.#context = context;
    this.#logger = logger;
  }

  async run(): Promise<ExitCode> {
    for await (const line of inputLines(this.#context.stdin)) {
      await this.#room();
      if (this.#failedFrom !== null) break;
      this.#begin(line);
    }
    await this.#telling;
    if (this.#failedFrom !== null) {
      await this.#context.stderr.write(
        `audit-desk: Recording stopped. Lines from ${this.#failedFrom} on were not recorded unless their id was printed.\n`,
      );
      return 1;
    }
    return this.#badLines > 0 ? 3 : 0;
  }

  /** Waits while too much is under way. */
  async #room(): Promise<void> {
    while (this.#underWay >= MOST_UNDER_WAY || this.#bytesUnderWay >= MOST_BYTES_UNDER_WAY) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  #begin(line: InputLine): void {
    const size = line.bytes?.length ?? 0;
    this.#underWay += 1;
    this.#bytesUnderWay += size;
    const recorded = this.#record(line);
    // Looked at in its turn; until then its failure must not count as unhandled.
    recorded.catch(() => undefined);
    this.#telling = this.#telling.then(async () => {
      await this.#tell(line.number, recorded);
      this.#underWay -= 1;
      this.#bytesUnderWay -= size;
      this.#wake?.();
      this.#wake = null;
    });
  }

  async #record(line: InputLine): Promise<string> {
    return await this.#logger.log(parseInteraction(line));
  }

  async #tell(number: number, recorded: Promise<string>): Promise<void> {
    try {
      await this.#context.stdout.write(`${await recorded}\n`);
    } catch (error) {
      if (!isAuditError(error)) throw error;
      if (FAULTS_OF_A_LINE.has(error.code)) this.#badLines += 1;
      else this.#failedFrom ??= number;
      await this.#context.stderr.write(`line ${number}: ${printable(error.message)} (${error.code})\n`);
    }
  }
}

/** The interaction of a line. `invalid_entry` says what is wrong without repeating the line. */
function parseInteraction(line: InputLine): Interaction {
  const text = lineText(line);
  if (text === null) throw badLine('It is longer than 128 MiB or not UTF-8.');
  const json = readJson(text);
  if (!json.ok) throw badLine(json.reason);
  const parsed = interactionSchema.safeParse(json.value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
  throw badLine(`${where}${issue?.message ?? 'It is not an interaction'}.`);
}

function badLine(reason: string): AuditError {
  return new AuditError('invalid_entry', `Not recorded. ${reason}`);
}
