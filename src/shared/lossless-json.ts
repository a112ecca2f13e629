/**
 * JSON as Python's json module writes it, read without loss: `NaN`, `Infinity`, `-Infinity`, integers of any size.
 */
import { AuditError } from './errors.ts';
import { JsonFault, parseLosslessly } from './json-parser.ts';
import { isJsonObject, type JsonObject, type JsonValue, MAX_JSON_DEPTH } from './json-value.ts';

export { isJsonObject, type JsonObject, type JsonValue, MAX_JSON_DEPTH } from './json-value.ts';
export { writeJson, writeJsonFloat } from './json-writer.ts';

/** What reading a JSON text came to: the value, or why there is none, as a sentence without the text. */
export type JsonReading =
  | { readonly ok: true; readonly value: JsonValue }
  | { readonly ok: false; readonly reason: string };

/**
 * True where a value that `JSON.parse` read holds a number past 2^53, which may have been an integer and lost digits. Looking at
 * the values takes a fifth of the time that looking for long integers in the text does.
 */
function holdsLargeNumber(value: JsonValue): boolean {
  if (typeof value === 'number') return Math.abs(value) > Number.MAX_SAFE_INTEGER;
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some(holdsLargeNumber);
  const object = value as JsonObject;
  for (const key in object) if (holdsLargeNumber(object[key] ?? null)) return true;
  return false;
}

/** True where brackets nest deeper than the limit. Leaps over texts, so that megabytes of content cost next to nothing. */
function isNestedTooDeep(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x5b || code === 0x7b) {
      depth += 1;
      if (depth > MAX_JSON_DEPTH) return true;
    } else if (code === 0x5d || code === 0x7d) {
      depth -= 1;
    } else if (code === 0x22) {
      at = endOfString(text, at);
    }
  }
  return false;
}

/** Position of the quote that closes the text opened at `start`; the end of the text where there is none. */
function endOfString(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  while (end !== -1) {
    let backslashes = 0;
    while (text.charCodeAt(end - 1 - backslashes) === 0x5c) backslashes += 1;
    if (backslashes % 2 === 0) return end;
    end = text.indexOf('"', end + 1);
  }
  return text.length;
}

/**
 * Reads a JSON text without loss. Duplicate keys: the last wins. Never throws: what is no JSON, or is nested deeper than
 * {@link MAX_JSON_DEPTH}, comes back with its reason.
 */
export function readJson(text: string): JsonReading {
  if (text.length <= 2 * MAX_JSON_DEPTH || !isNestedTooDeep(text)) {
    try {
      const value = JSON.parse(text) as JsonValue;
      if (!holdsLargeNumber(value)) return { ok: true, value };
    } catch {
      // NaN, an infinity, or no JSON at all: the lossless parser tells which, and why.
    }
  }
  try {
    return { ok: true, value: parseLosslessly(text) };
  } catch (error) {
    if (error instanceof JsonFault) return { ok: false, reason: error.message };
    throw error;
  }
}

/** The value of a JSON text, without loss. `invalid_argument` where it is no JSON; the message says where and why. */
export function parseJson(text: string): JsonValue {
  const reading = readJson(text);
  if (reading.ok) return reading.value;
  throw new AuditError('invalid_argument', `The text cannot be read as JSON. ${reading.reason}`);
}

/**
 * A JSON object's text with other values in place of some: every byte outside of them stays. `replacementOf` answers the JSON text of
 * the new value, or null to keep it; a name that stands twice is asked for twice. `invalid_argument` where the text is no JSON.
 */
export function replaceMembers(text: string, replacementOf: (name: string) => string | null): string {
  let replaced = '';
  let from = 0;
  try {
    parseLosslessly(text, (name, start, end) => {
      const replacement = replacementOf(name);
      if (replacement === null) return;
      replaced += text.slice(from, start) + replacement;
      from = end;
    });
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    throw new AuditError('invalid_argument', `The text cannot be read as JSON. ${error.message}`);
  }
  return replaced + text.slice(from);
}

/** One member of a JSON object with its value as it stands in the text. */
export interface MemberText {
  readonly name: string;
  /** The value's source text: every digit and every escape as stored. */
  readonly json: string;
}

/**
 * Members of a JSON object with their values as stored, in order; a key that stands twice comes twice (the last one counts).
 * `invalid_argument` where the text is no JSON object.
 */
export function memberTexts(text: string): readonly MemberText[] {
  const members: MemberText[] = [];
  let value: JsonValue;
  try {
    value = parseLosslessly(text, (name, start, end) => members.push({ name, json: text.slice(start, end) }));
  } catch (error) {
    if (!(error instanceof JsonFault)) throw error;
    throw new AuditError('invalid_argument', `The text cannot be read as JSON. ${error.message}`);
  }
  if (!isJsonObject(value)) throw new AuditError('invalid_argument', 'The text is JSON, but not an object.');
  return members;
}
