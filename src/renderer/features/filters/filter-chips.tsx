/** The active filter, always shown: one chip a part, each can be taken out. */
import { CloseButton } from '@mantine/core';
import { filterParts, isNarrowed, withoutNarrowing } from '../../state/filter-edits.ts';
import { useStore } from '../../state/store.ts';
import { editFilter, viewStore } from '../../state/view.ts';
import { CutText } from '../../ui/cut-text.tsx';
import styles from './filters.module.css';

/** A line that keeps its height whether anything is filtered or not. */
export function FilterChips() {
  const filter = useStore(viewStore, (view) => view.query.filter);
  const parts = filterParts(filter);
  return (
    <section className={styles.chips} aria-label="Active filter">
      {parts.length === 0 && <span className={styles.unfiltered}>No filter: every entry in the range is shown</span>}
      {parts.map((part) => (
        <span key={part.key} className={styles.chip}>
          <span className={styles.chipLabel}>
            {part.label}
            {part.excludes ? ' is not' : ''}
          </span>
          <CutText text={part.value} />
          <CloseButton
            size={18}
            iconSize={12}
            aria-label={`Remove filter ${part.label} ${part.value}`}
            onClick={() => editFilter(() => part.without)}
          />
        </span>
      ))}
      {isNarrowed(filter) && (
        <button type="button" className={styles.clearAll} onClick={() => editFilter(withoutNarrowing)}>
          Clear all
        </button>
      )}
    </section>
  );
}
