/** What stands in the table's place when nothing matches: zero means zero, and why. */
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { EntryQuery } from '../../../shared/query.ts';
import { useDesk } from '../../state/desk-context.ts';
import { excludingParts, type FilterPart, withoutNarrowing } from '../../state/filter-edits.ts';
import { useTimeZone } from '../../state/settings.ts';
import { paced, useCoverage, useOpenSource, usePacedRevision } from '../../state/source.ts';
import { editFilter } from '../../state/view.ts';
import { formatRange } from '../../time/range-text.ts';
import { formatCountOf } from '../../ui/number-text.ts';
import styles from './entries-table.module.css';

/** Explains an empty view: the log is empty, is still being read, or which part of the filter excludes most. */
export function EmptyEntries({ query }: { readonly query: EntryQuery }) {
  const zone = useTimeZone();
  const coverage = useCoverage();
  const parts = excludingParts(query.filter, formatRange(query.filter.range, zone));
  const reading = coverage?.state === 'reading';
  if (parts.length === 0) return <EmptyLog reading={reading} unreadable={coverage?.unreadable ?? 0} />;
  return (
    <div className={styles.over}>
      <div className={styles.overBox}>
        <h2>{reading ? 'No entry matches so far' : 'No entry matches'}</h2>
        <p>
          {reading
            ? 'The log is still being read; entries that match will appear here. '
            : 'The whole log was looked through. '}
          These exclude entries:
        </p>
        <ExcludingParts query={query} parts={parts} />
      </div>
    </div>
  );
}

function EmptyLog({ reading, unreadable }: { readonly reading: boolean; readonly unreadable: number }) {
  return (
    <div className={styles.over}>
      <div className={styles.overBox}>
        <h2>{reading ? 'Reading the log' : 'This log holds no entries'}</h2>
        <p>
          {reading
            ? 'The first entries appear here as soon as they are read.'
            : unreadable > 0
              ? `${formatCountOf(unreadable, 'line', 'lines')} could not be read as entries; the line at the bottom lists them.`
              : 'Entries appear here when a program writes to it, or when you record one with “Record entry”.'}
        </p>
      </div>
    </div>
  );
}

function ExcludingParts({ query, parts }: { readonly query: EntryQuery; readonly parts: readonly FilterPart[] }) {
  const desk = useDesk();
  const { sourceId } = useOpenSource();
  const revision = usePacedRevision('excluding');
  const counts = useQuery({
    queryKey: ['entries', 'excluding', sourceId, query.filter, revision],
    queryFn: () =>
      paced('excluding', () => desk.call('entries.counts', { sourceId, filters: parts.map(({ without }) => without) })),
    placeholderData: (before) => before,
  });
  const counted = parts.map((part, index) => ({ part, count: counts.data?.[index] ?? null }));
  counted.sort((first, second) => (second.count ?? 0) - (first.count ?? 0));
  const most = counted[0]?.count ?? null;
  return (
    <>
      {most !== null && parts.length > 1 && (
        <p>
          {most === 0
            ? 'No single one of them is the cause: without any one alone there would still be none.'
            : 'The first one excludes most.'}
        </p>
      )}
      <ul className={styles.parts}>
        {counted.map(({ part, count }) => (
          <li key={part.key}>
            <span className={styles.partText}>
              {part.label} {part.excludes ? 'is not ' : ''}
              {part.values.map((value, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a value can stand twice, and they never change places
                <span key={index}>
                  {index > 0 && ', '}
                  <bdi>{value}</bdi>
                </span>
              ))}
              <br />
              <span className={styles.partCount}>
                {count === null ? 'counting' : formatCountOf(count, 'entry', 'entries')} without it
              </span>
            </span>
            <Button aria-label={`Remove ${part.label} ${part.value}`} onClick={() => editFilter(() => part.without)}>
              Remove
            </Button>
          </li>
        ))}
      </ul>
      {parts.length > 1 && (
        <Button
          mt="sm"
          onClick={() => editFilter((filter) => ({ ...withoutNarrowing(filter), range: { fromUs: null, toUs: null } }))}
        >
          Remove all
        </Button>
      )}
    </>
  );
}
