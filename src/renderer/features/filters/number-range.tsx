/** Bounds of a number: two fields, and the spread of the numbers to choose a part of. */
import { TextInput } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import type { NumberField } from '../../../shared/query.ts';
import { type Bounds, highEnd, lowEnd, parseBounds } from '../../../shared/query-language/number-bounds.ts';
import type { NumberSpread } from '../../../shared/summaries.ts';
import { boundsOf, fieldLabel, withBounds } from '../../state/filter-edits.ts';
import { useStore } from '../../state/store.ts';
import { editFilter, viewStore } from '../../state/view.ts';
import { formatCount } from '../../ui/number-text.ts';
import styles from './number-range.module.css';
import { SpreadBars } from './spread-bars.tsx';

interface NumberRangeProps {
  readonly field: NumberField;
  readonly spread: NumberSpread | undefined;
}

/** What the fields show of the filter's bounds: `2000`, or `>2000` where the number itself is left out. */
function endTexts(bounds: Bounds | null): readonly [string, string] {
  const low = bounds?.min === null || bounds === null ? null : lowEnd(bounds.min);
  const high = bounds?.max === null || bounds === null ? null : highEnd(bounds.max);
  return [
    low === null ? '' : `${low.strict ? '>' : ''}${low.text}`,
    high === null ? '' : `${high.strict ? '<' : ''}${high.text}`,
  ];
}

/** Bounds that two fields ask for; both empty ask nothing. */
function readEnds(low: string, high: string, field: NumberField): Bounds | null | { readonly problem: string } {
  if (low === '' && high === '') return null;
  const from = low === '' ? { min: null } : parseBounds(/^[<>=]/.test(low) ? low : `>=${low}`, field);
  const to = high === '' ? { max: null } : parseBounds(/^[<>=]/.test(high) ? high : `<=${high}`, field);
  if ('problem' in from) return from;
  if ('problem' in to) return to;
  const bounds = { min: from.min, max: to.max };
  const backwards = bounds.min !== null && bounds.max !== null && bounds.min > bounds.max;
  return backwards ? { problem: 'The first number must not be larger than the second.' } : bounds;
}

/** The fields apply on Enter and when they are left; the bars at once. */
export function NumberRange({ field, spread }: NumberRangeProps) {
  const filter = useStore(viewStore, (view) => view.query.filter);
  const bounds = boundsOf(filter, field);
  const said = endTexts(bounds);
  const [written, setWritten] = useState(said);
  const [known, setKnown] = useState(said);
  if (known[0] !== said[0] || known[1] !== said[1]) {
    setKnown(said);
    setWritten(said);
  }
  const [low, high] = written;
  const read = readEnds(low.trim(), high.trim(), field);
  const problem = read !== null && 'problem' in read ? read.problem : null;
  const set = (next: Bounds | null) => editFilter((current) => withBounds(current, field, next));
  const apply = () => {
    if (low === said[0] && high === said[1]) return;
    if (read === null || !('problem' in read)) set(read);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') apply();
    else if (event.key === 'Escape') setWritten(said);
  };
  const label = fieldLabel(field);
  const unit = field === 'latency_ms' ? ' in milliseconds' : '';
  const input = (name: string, value: string, place: string, onWrite: (text: string) => void) => (
    <TextInput
      className={styles.end ?? ''}
      aria-label={`${label}${unit}, ${name}`}
      placeholder={place}
      inputMode="decimal"
      value={value}
      error={problem !== null}
      onChange={(event) => onWrite(event.currentTarget.value)}
      onBlur={apply}
      onKeyDown={onKeyDown}
    />
  );
  if (spread?.recorded === 0 && bounds === null) return <div className={styles.note}>none recorded</div>;
  return (
    <div className={styles.range}>
      {spread !== undefined && <SpreadBars spread={spread} bounds={bounds} onChoose={set} />}
      <div className={styles.ends}>
        {input('at least', low, spread?.least?.toString() ?? 'from', (text) => setWritten([text, high]))}
        <span aria-hidden>–</span>
        {input('at most', high, spread?.largest?.toString() ?? 'to', (text) => setWritten([low, text]))}
      </div>
      {problem !== null && (
        <div role="alert" className={styles.problem}>
          {problem}
        </div>
      )}
      {spread !== undefined && spread.notRecorded > 0 && (
        <div className={styles.note}>{formatCount(spread.notRecorded)} without a number</div>
      )}
    </div>
  );
}
