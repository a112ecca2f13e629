/** The sidebar: values of the main fields with their counts, to keep or to leave out. */
import { useQuery } from '@tanstack/react-query';
import type { Facet } from '../../../shared/contract.ts';
import type { TermField } from '../../../shared/query.ts';
import { useDesk } from '../../state/desk-context.ts';
import { fieldLabel, withoutField } from '../../state/filter-edits.ts';
import { paced, useOpenSource, usePacedRevision } from '../../state/source.ts';
import { useStore } from '../../state/store.ts';
import { editFilter, viewStore } from '../../state/view.ts';
import { Failure } from '../../ui/failure.tsx';
import { FacetValues } from './facet-values.tsx';
import styles from './filters.module.css';

const FIELDS: readonly TermField[] = ['status', 'provider', 'model', 'detectors_triggered'];
const VALUES = 200;

/** Facets of the view. Counts of the view before stay until the new ones are there. */
export function FacetSidebar() {
  const desk = useDesk();
  const { sourceId } = useOpenSource();
  const filter = useStore(viewStore, (view) => view.query.filter);
  const revision = usePacedRevision('facets');
  const facets = useQuery({
    queryKey: ['entries', 'facets', sourceId, filter, revision],
    queryFn: () =>
      paced('facets', () => desk.call('entries.facets', { sourceId, filter, fields: [...FIELDS], limit: VALUES })),
    placeholderData: (before) => before,
    gcTime: 10_000,
  });
  return (
    <section className={styles.sidebar} aria-label="Filters" aria-busy={facets.isFetching}>
      {facets.error !== null && (
        <Failure error={facets.error} title="Counts could not be fetched" onRetry={() => void facets.refetch()} />
      )}
      {FIELDS.map((field) => (
        <FacetGroup key={field} field={field} facet={facets.data?.find((facet) => facet.field === field)} />
      ))}
    </section>
  );
}

function FacetGroup({ field, facet }: { readonly field: TermField; readonly facet: Facet | undefined }) {
  const filter = useStore(viewStore, (view) => view.query.filter);
  const active = filter.terms.some((term) => term.field === field);
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>
        <span>{fieldLabel(field)}</span>
        {active && (
          <button
            type="button"
            className={styles.clear}
            aria-label={`Clear ${fieldLabel(field)}`}
            onClick={() => editFilter((current) => withoutField(current, field))}
          >
            clear
          </button>
        )}
      </legend>
      <FacetValues field={field} facet={facet} filter={filter} />
    </fieldset>
  );
}
