/** What a JSON text can hold, as this project keeps it in memory. */

/** A JSON value. Integers past 2^53 are bigints; NaN and the infinities are numbers. */
export type JsonValue = null | boolean | number | bigint | string | readonly JsonValue[] | JsonObject;

/** A JSON object. `__proto__` is a plain key. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** True for a plain object that can stand for a JSON object; its members are not looked at. */
export function isJsonObject(value: unknown): value is JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Deepest nesting of lists and objects that is read or written. Deeper is an error with a reason, never a stack overflow. */
export const MAX_JSON_DEPTH = 1000;
