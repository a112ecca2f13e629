import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Command } from '../../src/renderer/features/palette/command.ts';
import { keyParts } from '../../src/renderer/features/palette/command.ts';
import { findCommands } from '../../src/renderer/features/palette/find-commands.ts';
import { fuzzyMatch } from '../../src/renderer/features/palette/fuzzy-match.ts';

const matched = (query: string, text: string) =>
  fuzzyMatch(query, text)
    ?.places.map((place) => text.charAt(place))
    .join('');

describe('a fuzzy match', () => {
  it('finds letters in their order, whatever their case and accents', () => {
    expect(matched('opfo', 'Open a folder')).toBe('Opfo');
    expect(matched('cafe', 'Café')).toBe('Café');
    expect(fuzzyMatch('folder open', 'Open a folder')).toBeNull();
    expect(fuzzyMatch('x', 'Open a folder')).toBeNull();
  });

  it('prefers the beginnings of words and runs of letters', () => {
    expect(fuzzyMatch('cu', 'Clean up')?.places).toEqual([0, 6]);
    expect(fuzzyMatch('time', 'Tidy my times')?.places).toEqual([8, 9, 10, 11]);
    const score = (text: string) => fuzzyMatch('key', text)?.score ?? 0;
    expect(score('Keys')).toBeGreaterThan(score('List the keys'));
    expect(score('List the keys')).toBeGreaterThan(score('Make every yard'));
  });

  it('holds for every subsequence and its places spell the query', () => {
    const text = fc.string({ unit: fc.constantFrom(...'abc dE-f'), maxLength: 24 });
    fc.assert(
      fc.property(text, fc.array(fc.boolean(), { maxLength: 24 }), (whole, kept) => {
        const query = [...whole].filter((letter, place) => kept[place] === true && letter !== ' ').join('');
        expect(matched(query, whole)?.toLowerCase()).toBe(query.toLowerCase());
      }),
    );
  });
});

describe('commands', () => {
  const command = (title: string, words = ''): Command => ({ id: title, title, group: 'Any', words, run: () => {} });
  const all = [command('Record an entry', 'add'), command('Connect a bucket', 's3 aws'), command('Keys')];
  const titles = (query: string) => findCommands(all, query).map(({ command: { title } }) => title);

  it('are all there, in their order, before anything is typed', () => {
    expect(titles('  ')).toEqual(['Record an entry', 'Connect a bucket', 'Keys']);
  });

  it('are found by words that are not shown, with no letter of the title set apart', () => {
    expect(titles('aws')).toEqual(['Connect a bucket']);
    expect(findCommands(all, 'aws')[0]?.places).toEqual([]);
    expect(titles('zzz')).toEqual([]);
  });
});

describe('a key', () => {
  it('reads as it stands on the keyboard of the system', () => {
    expect(keyParts('Mod+K', false)).toEqual(['Ctrl', 'K']);
    expect(keyParts('Mod+K', true)).toEqual(['⌘', 'K']);
    expect(keyParts('ArrowDown', false)).toEqual(['↓']);
  });
});
