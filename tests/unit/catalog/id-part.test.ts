import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IdPart } from '../../../src/main/catalog/id-part.ts';

/** The ids side by side, as the index holds them. */
function bytesOf(ids: readonly string[]): Uint8Array {
  return Buffer.from(ids.map((id) => id.replaceAll('-', '')).join(''), 'hex');
}

test('a part is found in exactly the ids that hold it, wherever it stands', () => {
  const ids = fc.array(fc.uuid(), { minLength: 1, maxLength: 20 });
  const piece = fc.tuple(fc.nat(35), fc.integer({ min: 1, max: 36 }));
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789abcdef-'), minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(ids, piece, digits, fc.boolean(), (all, [start, length], random, isOwn) => {
      const text = isOwn ? (all[0] ?? '').slice(start, start + length) : random;
      const part = new IdPart(text);
      const bytes = bytesOf(all);
      const found = all.map((_, row) => part.isIn(bytes, row * 16));
      expect(found).toEqual(all.map((id) => id.includes(text)));
    }),
    { numRuns: 20_000 },
  );
});
