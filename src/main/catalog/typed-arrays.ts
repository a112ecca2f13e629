/** Arrays of numbers that grow. */

/** The array, or a longer one with the same beginning where it has no room for `length` numbers. */
export function grownTo<Numbers extends Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer>>(
  numbers: Numbers,
  length: number,
): Numbers {
  if (length <= numbers.length) return numbers;
  const Kind = numbers.constructor as new (length: number) => Numbers;
  const larger = new Kind(Math.max(length, Math.ceil(numbers.length * 1.5)));
  larger.set(numbers);
  return larger;
}
