/** Presets, a field to type into, and two months with the days that have entries. */
import { Button, TextInput, UnstyledButton } from '@mantine/core';
import { DatePicker } from '@mantine/dates';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { DateRange } from '../../../shared/query.ts';
import { useDesk } from '../../state/desk-context.ts';
import { paced, useOpenSource, usePacedRevision } from '../../state/source.ts';
import { setRange } from '../../state/view.ts';
import { formatRange, isBackwards, parseRange, RANGE_PRESETS } from '../../time/range-text.ts';
import { daysToRange, formatMoment } from '../../time/time-zone.ts';
import { formatCountOf } from '../../ui/number-text.ts';
import styles from './range.module.css';

interface RangePanelProps {
  readonly range: DateRange;
  readonly zone: string;
  readonly onDone: () => void;
}

function nowUs(): number {
  return Date.now() * 1000;
}

/** What the range's button opens. */
export function RangePanel({ range, zone, onDone }: RangePanelProps) {
  const choosePreset = (text: string) => {
    const asked = parseRange(text, nowUs(), zone);
    if (asked !== null) setRange(asked.range, asked.name);
    onDone();
  };
  return (
    <div className={styles.panel}>
      <fieldset className={styles.presets} aria-label="Presets">
        {RANGE_PRESETS.map((preset) => (
          <UnstyledButton key={preset.name} className={styles.preset ?? ''} onClick={() => choosePreset(preset.text)}>
            {preset.name}
          </UnstyledButton>
        ))}
      </fieldset>
      <div className={styles.picking}>
        <TypedRange range={range} zone={zone} onDone={onDone} />
        <RangeCalendar range={range} zone={zone} onDone={onDone} />
      </div>
    </div>
  );
}

function TypedRange({ range, zone, onDone }: RangePanelProps) {
  const isAll = range.fromUs === null && range.toUs === null;
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const apply = (event: FormEvent) => {
    event.preventDefault();
    const asked = parseRange(text, nowUs(), zone);
    if (asked === null) {
      setProblem('Not understood. Write a span, a day, or two times with “to” between them.');
    } else if (isBackwards(asked.range)) {
      setProblem('This range ends before it begins.');
    } else {
      setRange(asked.range, asked.name);
      onDone();
    }
  };
  return (
    <form onSubmit={apply} className={styles.typed}>
      <TextInput
        className={styles.typedField ?? ''}
        label="Type a range"
        placeholder={isAll ? 'last 2 hours, 25m, 2026-01-28, 2026-01-28 09:00 to 12:30' : formatRange(range, zone)}
        description="last 2 hours · 25m · 2026-01 · 2026-01-28 · 2026-01-28 09:00 to 2026-01-28 12:30 · since 2026-01-01"
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        value={text}
        error={problem}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setProblem(null);
        }}
        data-autofocus
        spellCheck={false}
        autoComplete="off"
      />
      <Button type="submit" variant="filled" disabled={text.trim() === ''}>
        Apply
      </Button>
    </form>
  );
}

function dayOf(epochUs: number | null, zone: string): string | null {
  return epochUs === null ? null : formatMoment(epochUs, zone, 'day');
}

function RangeCalendar({ range, zone, onDone }: RangePanelProps) {
  const days = useDaysWithEntries();
  const [picked, setPicked] = useState<[string | null, string | null]>([
    dayOf(range.fromUs, zone),
    dayOf(range.toUs, zone),
  ]);
  const lastDay = days.size === 0 ? undefined : [...days.keys()].sort().at(-1);
  const shownDay = picked[0] ?? lastDay;
  const onChange = (next: [string | null, string | null]) => {
    setPicked(next);
    const [first, last] = next;
    if (first === null || last === null) return;
    const asked = daysToRange(first, last, zone);
    if (asked === null) return;
    setRange(asked, null);
    onDone();
  };
  return (
    <>
      <DatePicker
        key={lastDay ?? 'none'}
        type="range"
        size="xs"
        numberOfColumns={2}
        columnsToScroll={1}
        allowSingleDateInRange
        defaultDate={shownDay === undefined ? new Date() : monthBefore(shownDay)}
        value={picked}
        onChange={onChange}
        highlightToday
        classNames={{ day: styles.day ?? '' }}
        ariaLabels={{
          previousMonth: 'Previous month',
          nextMonth: 'Next month',
          previousYear: 'Previous year',
          nextYear: 'Next year',
        }}
        getDayProps={(day) => {
          const entries = days.get(day);
          return entries === undefined ? {} : { title: formatCountOf(entries, 'entry', 'entries') };
        }}
        renderDay={(day) => (
          <span className={days.has(day) ? styles.dayWithEntries : undefined}>{Number(day.slice(8, 10))}</span>
        )}
      />
      <p className={styles.hint} role="status">
        {picked[0] !== null && picked[1] === null
          ? `From ${picked[0]}: choose the last day, or the same again for this day alone.`
          : 'Choose a first and a last day. Days with entries are underlined.'}
      </p>
    </>
  );
}

/** The month before a day, so that its own month stands on the right. */
function monthBefore(day: string): string {
  const year = Number(day.slice(0, 4));
  const month = Number(day.slice(5, 7));
  const before =
    month === 1
      ? `${String(year - 1).padStart(4, '0')}-12`
      : `${day.slice(0, 4)}-${String(month - 1).padStart(2, '0')}`;
  return `${before}-01`;
}

function useDaysWithEntries(): ReadonlyMap<string, number> {
  const desk = useDesk();
  const { sourceId } = useOpenSource();
  const revision = usePacedRevision('days');
  const days = useQuery({
    queryKey: ['entries', 'days', sourceId, revision],
    queryFn: () => paced('days', () => desk.call('entries.days', { sourceId })),
    placeholderData: (before) => before,
  });
  return new Map(days.data?.map(({ day, entries }) => [day, entries]));
}
