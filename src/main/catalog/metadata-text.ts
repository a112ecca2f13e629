/** The metadata of an entry as the index keeps it: its JSON text as stored, with escapes resolved that a search would miss. */
import { isJsonObject, memberTexts, readJson } from '../../shared/lossless-json.ts';

const EMPTY = '{}';
const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|.)/gs;

/**
 * Metadata of a line that was read as an entry. Digits and spacing are as stored. `\uXXXX` becomes its character where that is not
 * ASCII; half a surrogate pair becomes U+FFFD. Where a key stands twice only the last is kept, as reading does.
 */
export function metadataText(line: string): string {
  const stored = lastMember(line) ?? memberNamed(line, 'metadata');
  if (stored === null || stored === 'null') return EMPTY;
  return resolveEscapes(withoutDuplicates(stored));
}

/**
 * The value of `metadata` where it is the line's last member, as the format writes it. Sound without parsing the line again: what
 * follows the key up to the line's last brace parses as a value only if that brace closes the line's own object.
 */
function lastMember(line: string): string | null {
  const key = line.lastIndexOf('"metadata"');
  if (key <= 0 || line.charCodeAt(key - 1) === 0x5c) return null;
  const end = line.lastIndexOf('}');
  const match = /^"metadata"[ \t\r]*:[ \t\r]*/.exec(line.slice(key, key + 64));
  if (match === null) return null;
  const value = line.slice(key + match[0].length, end).trim();
  if (!value.startsWith('{')) return null;
  try {
    JSON.parse(value);
    return value;
  } catch {
    return null;
  }
}

function memberNamed(text: string, name: string): string | null {
  return memberTexts(text).findLast((member) => member.name === name)?.json ?? null;
}

/** Keeps the last of the members that have the same name. Only a text that may have such members is looked at closely. */
function withoutDuplicates(object: string): string {
  if (!mayRepeatKeys(object)) return object;
  const members = memberTexts(object);
  const last = new Map(members.map((member) => [member.name, member.json]));
  if (last.size === members.length) return object;
  return `{${[...last].map(([name, json]) => `${JSON.stringify(name)}: ${json}`).join(', ')}}`;
}

/**
 * False where no key can stand twice: as many keys as there are quotes with a colon behind them. Looks closely only where something
 * stands between the two, which no common writer puts there.
 */
function mayRepeatKeys(object: string): boolean {
  if (object.includes('" ') || object.includes('"\t') || object.includes('"\r')) return true;
  let keys = 0;
  for (let at = object.indexOf('":'); at !== -1; at = object.indexOf('":', at + 2)) keys += 1;
  if (keys < 2) return false;
  const json = readJson(object);
  return !json.ok || !isJsonObject(json.value) || Object.keys(json.value).length !== keys;
}

function resolveEscapes(json: string): string {
  if (!json.includes('\\')) return json.isWellFormed() ? json : json.toWellFormed();
  return json
    .replace(ESCAPE, (sequence, digits: string | undefined) => {
      if (digits === undefined) return sequence;
      const code = Number.parseInt(digits, 16);
      return code < 0x80 ? sequence : String.fromCharCode(code);
    })
    .toWellFormed();
}
