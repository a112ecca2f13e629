import fc from 'fast-check';
import { expect, test } from 'vitest';
import { metadataText } from '../../../src/main/catalog/metadata-text.ts';
import { parseJson } from '../../../src/shared/lossless-json.ts';

const line = (metadata: string, after = '') =>
  `{"id": "a", "note": "\\"metadata\\": {}", "metadata": ${metadata}${after}}`;

test.each([
  [
    'digits and spacing stay as stored',
    line('{"n": 1.50,  "big": 9007199254740993}'),
    '{"n": 1.50,  "big": 9007199254740993}',
  ],
  ['escapes of other letters become the letters', line('{"k": "M\\u00fcnchen \\ud83d\\ude00"}'), '{"k": "München 😀"}'],
  ['escapes that JSON needs stay', line('{"k": "a\\u0000\\n\\"\\\\u00fc"}'), '{"k": "a\\u0000\\n\\"\\\\u00fc"}'],
  ['half a surrogate pair becomes a replacement character', line('{"k": "\\ud800"}'), '{"k": "\u{fffd}"}'],
  ['of a key that stands twice the last counts', line('{"k": 1, "l": 2, "k": 3}'), '{"k": 3, "l": 2}'],
  ['a space before the colon hides no second key', line('{"k" : 1, "k": 2}'), '{"k": 2}'],
  ['NaN is kept', line('{"k": NaN}'), '{"k": NaN}'],
  ['metadata need not come last', line('{"k": 1}', ', "z": {"metadata": {"no": 1}}'), '{"k": 1}'],
  ['the last of two counts', line('{"k": 1}', ', "metadata": {"k": 2}'), '{"k": 2}'],
  ['an inner key of the same name is not taken for it', line('{"metadata": {"k": 1}}'), '{"metadata": {"k": 1}}'],
  ['null counts as empty', line('null'), '{}'],
  ['absent counts as empty', '{"id": "a"}', '{}'],
])('%s', (_what, stored, expected) => {
  expect(metadataText(stored)).toBe(expected);
});

test('whatever the metadata, its text means the same', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue()), (metadata) => {
      const stored = JSON.stringify(metadata);
      expect(parseJson(metadataText(`{"id": "a", "metadata": ${stored}}`))).toEqual(parseJson(stored));
    }),
  );
});
