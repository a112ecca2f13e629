import { beforeEach, describe, expect, test } from 'vitest';
import { entriesAsText } from '../../src/renderer/features/entries/entries-text.ts';
import { tokenTotal } from '../../src/renderer/features/entries/token-total.ts';
import {
  entrySetStore,
  isInSet,
  NO_ENTRIES,
  setOfFilter,
  setOfRows,
  sizeOfSet,
  toggledInSet,
} from '../../src/renderer/state/entry-set.ts';
import { editFilter, setSort } from '../../src/renderer/state/view.ts';
import type { EntryRow } from '../../src/shared/contract.ts';
import { NO_FILTER } from '../../src/shared/query.ts';

function rowOf(id: string): EntryRow {
  return {
    ref: { file: 'audit_20260101.jsonl', byteOffset: id.length, byteLength: 1, id },
    id,
    timestamp: '2026-01-01T00:00:00',
    epochUs: 1_767_225_600_000_000,
    provider: '=1+1',
    model: 'a\tb "c"',
    conversation_id: null,
    safety_passed: true,
    detectors_triggered: [],
    block_reason: null,
    alerts: [],
    latency_ms: 1,
    input_tokens: null,
    output_tokens: null,
    inputKind: 'none',
    outputKind: 'none',
    duplicateId: false,
  };
}

const [one, two] = [rowOf('one'), rowOf('twoo')];
beforeEach(() => entrySetStore.set(NO_ENTRIES));

describe('a set of entries', () => {
  test('of rows holds those; one that is taken twice is out again', () => {
    const set = setOfRows([{ row: one, index: 0 }]);
    expect([isInSet(set, one), isInSet(set, two)]).toEqual([true, false]);
    expect(sizeOfSet(toggledInSet(set, { row: two, index: 1 }), null)).toBe(2);
    expect(sizeOfSet(toggledInSet(set, { row: one, index: 0 }), null)).toBe(0);
  });

  test('of a filter holds all but a few, and counts with the filter', () => {
    const set = toggledInSet(setOfFilter(NO_FILTER), { row: one, index: 0 });
    expect([isInSet(set, one), isInSet(set, two)]).toEqual([false, true]);
    expect(sizeOfSet(set, 1_000_000)).toBe(999_999);
    expect(sizeOfSet(set, null)).toBeNull();
  });

  test('stays over a sort and goes with its filter', () => {
    entrySetStore.set(setOfFilter(NO_FILTER));
    setSort({ field: 'model', direction: 'asc' });
    expect(entrySetStore.get()).not.toBe(NO_ENTRIES);
    editFilter((filter) => ({ ...filter, text: ['x'] }));
    expect(entrySetStore.get()).toBe(NO_ENTRIES);
  });
});

test('entries as text are defused, and a cell stays one cell', () => {
  const column = (id: 'provider' | 'model') =>
    ({ id, label: id, text: (row: EntryRow) => row[id] ?? '' }) as unknown as Parameters<
      typeof entriesAsText
    >[1][number];
  expect(entriesAsText([one], [column('provider'), column('model')], 'UTC')).toBe(
    'provider\tmodel\n\'=1+1\t"a\tb ""c"""\n',
  );
});

test('tokens altogether keep every digit, and are nothing where a part is', () => {
  expect(tokenTotal(1, 2)).toBe(3);
  expect(tokenTotal('9007199254740993', 1)).toBe('9007199254740994');
  expect(tokenTotal(null, 1)).toBeNull();
  expect(tokenTotal('NaN', 1)).toBeNull();
  expect(tokenTotal(1.5, 1)).toBeNull();
});
