/** The values of one facet: a checkbox keeps a value, the button beside it (or alt and click) leaves it out. */
import { ActionIcon, TextInput, Tooltip } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconCircleMinus } from '@tabler/icons-react';
import { type MouseEvent, useId, useState } from 'react';
import type { Facet, FacetValue } from '../../../shared/contract.ts';
import type { EntryFilter, TermField } from '../../../shared/query.ts';
import { fieldLabel, type TermMode, termMode, valueLabel, withTerm } from '../../state/filter-edits.ts';
import { useStore } from '../../state/store.ts';
import { editFilter, viewStore } from '../../state/view.ts';
import { CutText } from '../../ui/cut-text.tsx';
import { formatCount } from '../../ui/number-text.ts';
import styles from './filters.module.css';
import { useSearchedValues } from './use-facets.ts';

const SHOWN_AT_FIRST = 8;
const SEARCH_REST_MS = 200;

interface FacetValuesProps {
  readonly field: TermField;
  readonly facet: Facet | undefined;
}

/** Values of the filter that the counts do not hold (none of their entries is left) stay in sight with a zero. */
function withNamed(counted: readonly FacetValue[], filter: EntryFilter, field: TermField): readonly FacetValue[] {
  const named = filter.terms.filter((term) => term.field === field).flatMap((term) => term.values);
  const missing = [...new Set(named)].filter((value) => !counted.some((known) => known.value === value));
  return [...counted, ...missing.map((value) => ({ value, count: 0 }))];
}

/** The list; long ones are cut until a person asks for more, and can be searched then. */
export function FacetValues({ field, facet }: FacetValuesProps) {
  const filter = useStore(viewStore, (view) => view.query.filter);
  const [all, setAll] = useState(false);
  const [wanted, setWanted] = useState('');
  const [searched] = useDebouncedValue(all ? wanted.trim().slice(0, 256) : '', SEARCH_REST_MS);
  const found = useSearchedValues(field, searched);
  const values = withNamed(facet?.values ?? [], filter, field);
  const many = Math.max(facet?.distinct ?? 0, values.length) > SHOWN_AT_FIRST;
  if (facet === undefined && values.length === 0) return <div className={styles.none}>counting</div>;
  if (values.length === 0) return <div className={styles.none}>none</div>;
  const shown = all
    ? (found?.values ?? values)
    : values.filter(({ value }, index) => index < SHOWN_AT_FIRST || termMode(filter, field, value) !== 'off');
  const hidden = (found?.distinct ?? Math.max(facet?.distinct ?? 0, values.length)) - shown.length;
  return (
    <>
      {all && many && (
        <TextInput
          type="search"
          className={styles.facetSearch ?? ''}
          aria-label={`Search values of ${fieldLabel(field)}`}
          placeholder="Search values"
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
          spellCheck={false}
        />
      )}
      {shown.map(({ value, count }) => (
        <FacetItem
          key={value ?? '\u0000none'}
          field={field}
          value={value}
          count={count}
          mode={termMode(filter, field, value)}
        />
      ))}
      {all && shown.length === 0 && <div className={styles.none}>No value holds that text</div>}
      {!all && hidden > 0 && (
        <button type="button" className={styles.more} onClick={() => setAll(true)}>
          {formatCount(hidden)} more
        </button>
      )}
      {all && hidden > 0 && <div className={styles.none}>{formatCount(hidden)} rarer values: search to find them</div>}
      {all && many && (
        <button
          type="button"
          className={styles.more}
          onClick={() => {
            setAll(false);
            setWanted('');
          }}
        >
          Show fewer
        </button>
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
