/** `audit-desk get`. */
import { ENTRY_FIELDS, type EntryField } from '../../../shared/entry.ts';
import { AuditError } from '../../../shared/errors.ts';
import { memberTexts, writeJson } from '../../../shared/lossless-json.ts';
import { type AuditEntry, contentKind } from '../../audit/index.ts';
import type { KeyRing } from '../../desk/key-ring.ts';
import { type OpenedContent, openContent } from '../../desk/reveal.ts';
import type { CommandContext, ExitCode } from './command-context.ts';
import { loadKeyFiles } from './key-files.ts';
import { withStorage } from './opened-source.ts';
import { printable } from './printable.ts';

export interface GetOptions {
  readonly keyFile?: readonly string[];
  readonly json?: boolean;
}

/** Content of an entry: as stored where no key was given, else opened. */
interface Contents {
  readonly input: OpenedContent | null;
  readonly output: OpenedContent | null;
}

/** Prints one entry, with keys its content revealed; where an id stands twice, the one written last. `entry_not_found`, `wrong_key`, `invalid_token`. */
export async function getCommand(
  context: CommandContext,
  source: string,
  id: string,
  options: GetOptions,
): Promise<ExitCode> {
  const ring = options.keyFile === undefined ? null : await loadKeyFiles(context, options.keyFile);
  const { entry, raw } = await withStorage(context, source, async (storage) => {
    const found = await storage.find(id);
    if (found !== null) return found;
    throw new AuditError('entry_not_found', `There is no entry with the id ${id}.`, { details: { id } });
  });
  const stored = new TextDecoder().decode(raw).trimEnd();
  const contents = openContents(entry, ring);
  await context.stdout.write(options.json === true ? asJson(stored, contents) : asText(entry, stored, contents));
  return 0;
}

function openContents(entry: AuditEntry, ring: KeyRing | null): Contents {
  if (ring === null) return { input: null, output: null };
  return {
    input: requireOpened(openContent(entry.input_content, entry.input_hash, ring)),
    output: requireOpened(openContent(entry.output_content, entry.output_hash, ring)),
  };
}

function requireOpened(content: OpenedContent): OpenedContent {
  if (content.state === 'failed') throw content.error;
  return content;
}

/** The stored text, every digit of it; with keys the two contents are replaced by what they hold. */
function asJson(stored: string, { input, output }: Contents): string {
  if (input === null && output === null) return `${stored}\n`;
  const members = memberTexts(stored).map(({ name, json }) => {
    if (name === 'input_content') return [name, revealedJson(input, json)];
    return [name, name === 'output_content' ? revealedJson(output, json) : json];
  });
  return `{${members.map(([name = '', json]) => `${writeJson(name)}: ${json}`).join(', ')}}\n`;
}

function revealedJson(content: OpenedContent | null, json: string): string {
  return content?.state === 'shown' ? writeJson(content.text) : json;
}

const LABEL_WIDTH = Math.max(...ENTRY_FIELDS.map((field) => field.length)) + 2;

/** One field a line under its recorded name; the two contents last, as blocks. */
function asText(entry: AuditEntry, stored: string, { input, output }: Contents): string {
  const storedJson = new Map(memberTexts(stored).map(({ name, json }) => [name, json]));
  const plainFields = ENTRY_FIELDS.filter((field) => field !== 'input_content' && field !== 'output_content');
  const lines = plainFields.map(
    (field) => `${field.padEnd(LABEL_WIDTH)}${printable(fieldText(entry, field, storedJson))}`,
  );
  lines.push('', ...contentBlock('input', entry.input_content, input));
  lines.push('', ...contentBlock('output', entry.output_content, output));
  return `${lines.join('\n')}\n`;
}

function fieldText(entry: AuditEntry, field: EntryField, storedJson: ReadonlyMap<string, string>): string {
  const value = entry[field];
  if (value === null) return '-';
  if (typeof value === 'string') return value;
  if (field === 'safety_passed') return value === true ? 'true (passed)' : 'false (blocked)';
  if (Array.isArray(value)) return value.length === 0 ? '-' : value.join(', ');
  return storedJson.get(field) ?? writeJson(value);
}

function contentBlock(name: string, stored: string | null, opened: OpenedContent | null): string[] {
  if (stored === null) return [`${name}: not stored`];
  if (opened?.state === 'shown') {
    return [`${name} (${HASH_SENTENCES[opened.hash]}):`, printable(opened.text, { keepLines: true })];
  }
  if (contentKind(stored) === 'plain') return [`${name}:`, printable(stored, { keepLines: true })];
  return [`${name}: encrypted, ${Buffer.byteLength(stored)} bytes (read it with --key-file)`];
}

const HASH_SENTENCES = {
  match: 'content matches its recorded hash',
  differ: 'CONTENT DIFFERS FROM ITS RECORDED HASH',
  unknown: 'its recorded hash cannot be compared',
} as const;
