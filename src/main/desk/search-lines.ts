/** Looks for a text in the content of stored lines. Pure: the same on the main thread and on others. Nothing is kept. */
import type { TextSnippet } from '../../shared/contract.ts';
import { AuditError, contentKind, readEntryLine } from '../audit/index.ts';
import type { KeyRing } from './key-ring.ts';
import { openContent } from './reveal.ts';

/** What is looked for. */
export interface ContentQuestion {
  readonly text: string;
  /** false: upper and lower case are the same. */
  readonly matchCase: boolean;
}

/** A line whose content holds the text. */
export interface LineHit {
  /** Position among the lines that were handed in. */
  readonly index: number;
  readonly epochUs: number;
  readonly blocked: boolean;
  readonly input: TextSnippet | null;
  readonly output: TextSnippet | null;
}

/** What looking through some lines came to. */
export interface SearchedLines {
  readonly hits: readonly LineHit[];
  /** Texts that were looked through. */
  readonly texts: number;
  /** Texts that no key opens, or that are damaged. */
  readonly notOpened: number;
  /** Entries of which no text is stored. */
  readonly withoutContent: number;
}

/** Characters shown before what was found: few, so that it is in sight where there is little room. */
const SHOWN_BEFORE = 40;
/** Characters shown behind it. */
const SHOWN_AFTER = 100;
/** Longest part shown of what was found. */
const SHOWN_MATCH = 200;

/** Looks through portions of lines. White space of the question stands for any white space. */
export function lineSearcher(
  question: ContentQuestion,
  ring: KeyRing,
): (lines: readonly Uint8Array[]) => SearchedLines {
  const pattern = patternOf(question);
  return (lines) => {
    const counts = { texts: 0, notOpened: 0, withoutContent: 0 };
    const hits: LineHit[] = [];
    for (const [index, line] of lines.entries()) {
      const reading = readEntryLine(line);
      if (reading.kind !== 'entry') {
        throw new AuditError('entry_changed', 'The log changed while it was being searched. Search again.');
      }
      const { entry, epochUs } = reading;
      if (entry.input_content === null && entry.output_content === null) {
        counts.withoutContent += 1;
        continue;
      }
      const look = (stored: string | null, hash: string) => snippetIn(textOf(stored, hash, ring, counts), pattern);
      const input = look(entry.input_content, entry.input_hash);
      const output = look(entry.output_content, entry.output_hash);
      if (input !== null || output !== null)
        hits.push({ index, epochUs, blocked: !entry.safety_passed, input, output });
    }
    return { hits, ...counts };
  };
}

/** Letters are compared as they look: composed and decomposed forms are the same. */
function patternOf({ text, matchCase }: ContentQuestion): RegExp {
  const words = text.normalize('NFC').trim().split(/\s+/u);
  const source = words.map((word) => word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('\\s+');
  return new RegExp(source, matchCase ? 'gu' : 'giu');
}

function textOf(
  stored: string | null,
  hash: string,
  ring: KeyRing,
  counts: { texts: number; notOpened: number },
): string | null {
  if (stored === null) return null;
  counts.texts += 1;
  if (contentKind(stored) === 'plain') return stored;
  const opened = ring.open(stored);
  if (opened.opened) return opened.text;
  // A plain text may look like a token; its hash tells.
  const shown = openContent(stored, hash, ring);
  if (shown.state === 'shown') return shown.text;
  counts.texts -= 1;
  counts.notOpened += 1;
  return null;
}

function snippetIn(text: string | null, pattern: RegExp): TextSnippet | null {
  if (text === null) return null;
  const composed = text.normalize('NFC');
  pattern.lastIndex = 0;
  const first = pattern.exec(composed);
  if (first === null) return null;
  let matches = 1;
  while (pattern.exec(composed) !== null) matches += 1;
  const end = first.index + first[0].length;
  const from = wholeStart(composed, first.index - SHOWN_BEFORE);
  const to = wholeEnd(composed, end + SHOWN_AFTER);
  return {
    before: `${from > 0 ? '…' : ''}${composed.slice(from, first.index)}`,
    match: first[0].slice(0, wholeEnd(first[0], SHOWN_MATCH)),
    after: `${composed.slice(end, to)}${to < composed.length ? '…' : ''}`,
    matches,
  };
}

/** A place to cut at or before, never inside a surrogate pair. */
function wholeStart(text: string, at: number): number {
  if (at <= 0) return 0;
  return isLowSurrogate(text, at) ? at - 1 : at;
}

function wholeEnd(text: string, at: number): number {
  if (at >= text.length) return text.length;
  return isLowSurrogate(text, at) ? at + 1 : at;
}

function isLowSurrogate(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff;
}
