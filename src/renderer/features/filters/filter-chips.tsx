/** The active filter, always shown: one chip a part, each can be taken out. What is not applied says so. */
import { CloseButton } from '@mantine/core';
import { printQuery } from '../../../shared/query-language/print-query.ts';
import { filterParts, isNarrowed, withoutNarrowing } from '../../state/filter-edits.ts';
import { useStore } from '../../state/store.ts';
import { editFilter, viewStore } from '../../state/view.ts';
import { CopyAction } from '../../ui/copy-action.tsx';
import styles from './filters.module.css';
import { searchDraftStore } from './search-draft.ts';

/** A line that keeps its height whether anything is filtered or not. */
export function FilterChips() {
  const filter = useStore(viewStore, (view) => view.query.filter);
  const parts = filterParts(filter);
  return (
    <section className={styles.chips} aria-label="Active filter">
      <DraftProblem />
      {parts.length === 0 && <span className={styles.unfiltered}>No filter: every entry in the range is shown</span>}
      {parts.length > 0 && (
        <div className={styles.chipList}>
          {parts.map((part) => (
            <span key={part.key} className={part.excludes ? `${styles.chip} ${styles.chipExcludes}` : styles.chip}>
              <span className={styles.chipLabel}>
                {part.label}
                {part.excludes ? ' is not' : ''}
              </span>
              <span className={styles.chipValues} title={part.value}>
                {part.values.map((value, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a value can stand twice, and they never change places
                  <bdi key={index}>{value}</bdi>
                ))}
              </span>
              <CloseButton
                size={18}
                iconSize={12}
                aria-label={`Remove filter ${part.label} ${part.value}`}
                onClick={() => editFilter(() => part.without)}
              />
            </span>
          ))}
        </div>
      )}
      {isNarrowed(filter) && (
        <>
          <CopyAction label="Copy the filter as text" text={printQuery(filter)} />
          <button type="button" className={styles.clearAll} onClick={() => editFilter(withoutNarrowing)}>
            Clear all
          </button>
        </>
      )}
    </section>
  );
}

/** Invalid text in the search box is never passed over: it is said here, also when the box has lost the focus. */
function DraftProblem() {
  const problem = useStore(searchDraftStore, ({ parsed, editing }) =>
    editing ? null : (parsed.diagnostics.find(({ severity }) => severity === 'error') ?? null),
  );
  if (problem === null) return null;
  return (
    <span className={styles.draftProblem} title={problem.message}>
      <strong>Search text not applied.</strong> <bdi>{problem.message}</bdi>
    </span>
  );
}
