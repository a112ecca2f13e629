/** The values of one facet: a checkbox keeps a value, the button beside it (or alt and click) leaves it out. */
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconCircleMinus } from '@tabler/icons-react';
import { type MouseEvent, useId, useState } from 'react';
import type { Facet, FacetValue } from '../../../shared/contract.ts';
import type { EntryFilter, TermField } from '../../../shared/query.ts';
import { fieldLabel, type TermMode, termMode, valueLabel, withTerm } from '../../state/filter-edits.ts';
import { editFilter } from '../../state/view.ts';
import { CutText } from '../../ui/cut-text.tsx';
import { formatCount } from '../../ui/number-text.ts';
import styles from './filters.module.css';

const SHOWN_AT_FIRST = 8;

interface FacetValuesProps {
  readonly field: TermField;
  readonly facet: Facet | undefined;
  readonly filter: EntryFilter;
}

/** Values of the filter that the counts do not hold (none of their entries is left) stay in sight with a zero. */
function shownValues(facet: Facet | undefined, filter: EntryFilter, field: TermField): FacetValue[] {
  const counted = facet?.values ?? [];
  const named = filter.terms.filter((term) => term.field === field).flatMap((term) => term.values);
  const missing = named.filter((value) => !counted.some((known) => known.value === value));
  return [...counted, ...missing.map((value) => ({ value, count: 0 }))];
}

/** The list; long ones are cut until a person asks for more. */
export function FacetValues({ field, facet, filter }: FacetValuesProps) {
  const [all, setAll] = useState(false);
  const values = shownValues(facet, filter, field);
  const shown = all
    ? values
    : values.filter((value, index) => index < SHOWN_AT_FIRST || termMode(filter, field, value.value) !== 'off');
  const hidden = values.length - shown.length;
  const beyond = (facet?.distinct ?? 0) - (facet?.values.length ?? 0);
  if (facet !== undefined && values.length === 0) return <div className={styles.none}>none</div>;
  return (
    <>
      {shown.map(({ value, count }) => (
        <FacetItem
          key={value ?? '\u0000none'}
          field={field}
          value={value}
          count={count}
          mode={termMode(filter, field, value)}
        />
      ))}
      {hidden > 0 && (
        <button type="button" className={styles.more} onClick={() => setAll(true)}>
          {formatCount(hidden)} more
        </button>
      )}
      {all && values.length > SHOWN_AT_FIRST && (
        <button type="button" className={styles.more} onClick={() => setAll(false)}>
          Show fewer
        </button>
      )}
      {hidden === 0 && beyond > 0 && (
        <div className={styles.none}>{formatCount(beyond)} rarer values are not listed</div>
      )}
    </>
  );
}

interface FacetItemProps {
  readonly field: TermField;
  readonly value: string | null;
  readonly count: number;
  readonly mode: TermMode;
}

function FacetItem({ field, value, count, mode }: FacetItemProps) {
  const id = useId();
  const label = valueLabel(field, value);
  const say = (next: TermMode) => editFilter((filter) => withTerm(filter, field, value, next));
  const onClick = (event: MouseEvent) => {
    if (!event.altKey) return;
    event.preventDefault();
    say(mode === 'exclude' ? 'off' : 'exclude');
  };
  const excluded = mode === 'exclude';
  return (
    <div className={excluded ? `${styles.item} ${styles.excluded}` : styles.item}>
      <label className={styles.itemLabel} htmlFor={id}>
        <input
          id={id}
          type="checkbox"
          className={styles.check}
          checked={mode === 'include'}
          onClick={onClick}
          onChange={(event) => say(event.currentTarget.checked ? 'include' : 'off')}
        />
        <span className={styles.itemText}>
          <CutText text={label} />
        </span>
        <span className={styles.count}>{formatCount(count)}</span>
      </label>
      <Tooltip label={excluded ? 'Do not leave out' : 'Leave out'}>
        <ActionIcon
          size="xs"
          className={styles.exclude ?? ''}
          aria-label={`Exclude ${fieldLabel(field)} ${label}`}
          aria-pressed={excluded}
          onClick={() => say(excluded ? 'off' : 'exclude')}
        >
          <IconCircleMinus size={14} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </div>
  );
}
