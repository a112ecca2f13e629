/** Writes JSON as Python's `json.dumps` does by default: `, ` and `: ` between, everything but ASCII escaped, NaN by name. */
import { AuditError } from './errors.ts';
import { isJsonObject, type JsonValue, MAX_JSON_DEPTH } from './json-value.ts';

const NOT_PRINTABLE_ASCII = /[\u007f-\uffff]/;
const ALL_NOT_PRINTABLE_ASCII = /[\u007f-\uffff]/g;

/** A text as a JSON string in ASCII. */
export function writeJsonString(text: string): string {
  const quoted = JSON.stringify(text);
  if (!NOT_PRINTABLE_ASCII.test(quoted)) return quoted;
  return quoted.replace(
    ALL_NOT_PRINTABLE_ASCII,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/**
 * A number as Python's `repr` writes it, so far as it matters: an integral float past 2^53 keeps its point or exponent and is
 * not taken for an exact integer when it is read again.
 */
function writeNumber(value: number): string {
  if (Number.isSafeInteger(value)) return Object.is(value, -0) ? '-0.0' : String(value);
  if (Number.isNaN(value)) return 'NaN';
  if (value === Number.POSITIVE_INFINITY) return 'Infinity';
  if (value === Number.NEGATIVE_INFINITY) return '-Infinity';
  const size = Math.abs(value);
  if (size >= 1e16 || size < 1e-4) return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

/** A number that Python holds as a float: an integral one is written with its point (`0.0`), as `json.dumps` does. */
export function writeJsonFloat(value: number): string {
  return Number.isSafeInteger(value) && !Object.is(value, -0) ? `${value}.0` : writeNumber(value);
}

function write(value: unknown, depth: number): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return writeJsonString(value);
  if (typeof value === 'number') return writeNumber(value);
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (depth >= MAX_JSON_DEPTH) {
    throw new AuditError(
      'invalid_argument',
      `The value is nested deeper than ${MAX_JSON_DEPTH} levels, or in a circle.`,
    );
  }
  if (Array.isArray(value)) return `[${Array.from(value, (item: unknown) => write(item, depth + 1)).join(', ')}]`;
  if (isJsonObject(value)) {
    const members = Object.entries(value).map(([key, item]) => `${writeJsonString(key)}: ${write(item, depth + 1)}`);
    return `{${members.join(', ')}}`;
  }
  const what = typeof value === 'object' ? 'an object that is not plain' : `of type ${typeof value}`;
  throw new AuditError('invalid_argument', `A value that is ${what} cannot be written as JSON.`);
}

/**
 * JSON text of a value, in ASCII, as Python's `json.dumps` writes it. Bigints keep every digit; NaN and the infinities are
 * written by name. `invalid_argument` for what JSON cannot hold (undefined, dates, functions, circles).
 */
export function writeJson(value: JsonValue): string {
  return write(value, 0);
}
