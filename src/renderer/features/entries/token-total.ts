/** Tokens of an entry altogether. */
import type { WireNumber } from '../../../shared/contract.ts';

function isInteger(value: WireNumber): boolean {
  return typeof value === 'number' ? Number.isSafeInteger(value) : /^-?\d+$/.test(value);
}

/** Input and output tokens added, every digit kept; null where one was not recorded or is no whole number. */
export function tokenTotal(input: WireNumber | null, output: WireNumber | null): WireNumber | null {
  if (input === null || output === null || !isInteger(input) || !isInteger(output)) return null;
  const total = BigInt(input) + BigInt(output);
  const number = Number(total);
  return Number.isSafeInteger(number) ? number : String(total);
}
