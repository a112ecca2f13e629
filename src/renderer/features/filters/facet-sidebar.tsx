/** The sidebar: what the view holds, field by field, to keep or to leave out. */
import type { Facet } from '../../../shared/contract.ts';
import type { NumberField, TermField } from '../../../shared/query.ts';
import type { NumberSpread } from '../../../shared/summaries.ts';
import { withBounds, withoutField } from '../../state/filter-edits.ts';
import { useStore } from '../../state/store.ts';
import { editFilter, viewStore } from '../../state/view.ts';
import { Failure } from '../../ui/failure.tsx';
import { AddFacet } from './add-facet.tsx';
import { FacetFrame } from './facet-frame.tsx';
import { type FacetGroup, facetGroups, useFacetSettings } from './facet-groups.ts';
import { FacetValues } from './facet-values.tsx';
import styles from './filters.module.css';
import { useMetadataKeys } from './metadata-keys.ts';
import { NumberRange } from './number-range.tsx';
import { type Counted, useFacets, useSpreads } from './use-facets.ts';

/** Counting these means to look at every distinct conversation, or into every entry's metadata. */
function isSlow(field: TermField): boolean {
  return field === 'conversation_id' || field.startsWith('metadata.');
}

/** Facets of the view. Counts of the view before stay until the new ones are there; what is folded up is not counted. */
export function FacetSidebar() {
  const filter = useStore(viewStore, (view) => view.query.filter);
  const settings = useFacetSettings();
  const keys = useMetadataKeys() ?? [];
  const groups = facetGroups(settings.facetKeys, keys, filter);
  const open = groups.filter(({ field }) => !settings.foldedFacets.includes(field));
  const terms = open.flatMap((group): TermField[] => (group.kind === 'number' ? [] : [group.field]));
  const numbers = open.flatMap((group): NumberField[] => (group.kind === 'number' ? [group.field] : []));
  const quick = useFacets(
    'facets',
    terms.filter((field) => !isSlow(field)),
  );
  const slow = useFacets('slowFacets', terms.filter(isSlow));
  const spreads = useSpreads(numbers);
  const asked: readonly Counted<unknown>[] = [quick, slow, spreads];
  const failed = asked.find(({ error }) => error !== null);
  const facets = [...quick.answers, ...slow.answers];
  const unused = keys.filter(({ key }) => !groups.some((group) => group.kind === 'metadata' && group.key === key));
  return (
    <section className={styles.sidebar} aria-label="Filters" aria-busy={asked.some(({ isFetching }) => isFetching)}>
      {failed !== undefined && (
        <Failure error={failed.error} title="Counts could not be fetched" onRetry={() => failed.retry()} />
      )}
      {groups.map((group) => (
        <FacetFrame
          key={group.field}
          group={group}
          folded={settings.foldedFacets.includes(group.field)}
          active={isActive(group)}
          onFold={(folded) => settings.fold(group.field, folded)}
          onClear={() => clear(group)}
          onRemove={() => group.kind === 'metadata' && settings.remove(group.key)}
        >
          <GroupContent group={group} facets={facets} spreads={spreads.answers} />
        </FacetFrame>
      ))}
      <AddFacet keys={unused} onAdd={settings.add} />
    </section>
  );

  function isActive({ field }: FacetGroup): boolean {
    return [...filter.terms, ...filter.numbers].some((part) => part.field === field);
  }
}

function clear(group: FacetGroup): void {
  editFilter((filter) =>
    group.kind === 'number' ? withBounds(filter, group.field, null) : withoutField(filter, group.field),
  );
}

interface GroupContentProps {
  readonly group: FacetGroup;
  readonly facets: readonly Facet[];
  readonly spreads: readonly NumberSpread[];
}

function GroupContent({ group, facets, spreads }: GroupContentProps) {
  if (group.kind === 'number') {
    return <NumberRange field={group.field} spread={spreads.find(({ field }) => field === group.field)} />;
  }
  return <FacetValues field={group.field} facet={facets.find(({ field }) => field === group.field)} />;
}
