import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TextDictionary } from '../../../src/main/catalog/text-dictionary.ts';

function codesOf(dictionary: TextDictionary, texts: readonly string[]): number[] {
  return texts.map((text) => {
    const bytes = Buffer.from(`<${text}>`);
    return dictionary.codeOf(bytes, 1, bytes.length - 1);
  });
}

function textsOf(dictionary: TextDictionary): string[] {
  const { bytes, ends } = dictionary.table();
  return Array.from(ends, (end, code) =>
    Buffer.from(bytes, ends[code - 1] ?? 0, end - (ends[code - 1] ?? 0)).toString(),
  );
}

test('the same text has the same code, and each code its text', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 3 }), { maxLength: 300 }), (texts) => {
      const dictionary = new TextDictionary();
      const codes = codesOf(dictionary, texts);
      const kept = textsOf(dictionary);
      expect(codes.map((code) => kept[code])).toEqual(texts.map((text) => Buffer.from(text).toString()));
      expect(kept).toHaveLength(new Set(texts.map((text) => Buffer.from(text).toString())).size);
    }),
  );
});

test('many texts, the empty one among them, keep their codes while the dictionary grows', () => {
  const texts = ['', ...Array.from({ length: 20_000 }, (_, index) => `text ${index}`)];
  const dictionary = new TextDictionary();
  const codes = codesOf(dictionary, texts);
  expect(codesOf(dictionary, texts)).toEqual(codes);
  expect(textsOf(dictionary)).toEqual(texts);
});
