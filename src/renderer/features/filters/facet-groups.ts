/** Which groups the sidebar shows, in which order, and which of them are folded up: as a person left them. */
import type { EntryFilter, NumberField, TermField } from '../../../shared/query.ts';
import { METADATA_PREFIX } from '../../../shared/query-language/query-fields.ts';
import type { MetadataKey } from '../../../shared/summaries.ts';
import { useChangeSettings, useSettings } from '../../state/settings.ts';

/** One group of the sidebar. */
export type FacetGroup =
  | { readonly kind: 'term'; readonly field: TermField }
  /** Added by a person for a key of the metadata, and taken away again. */
  | { readonly kind: 'metadata'; readonly field: `metadata.${string}`; readonly key: string }
  | { readonly kind: 'number'; readonly field: NumberField };

const FIRST: readonly TermField[] = ['status', 'provider', 'model', 'detectors_triggered', 'alerts'];
const NUMBERS: readonly NumberField[] = ['latency_ms', 'input_tokens', 'output_tokens'];
const LAST: readonly TermField[] = ['block_reason', 'conversation_id', 'input_kind', 'output_kind'];

const term = (field: TermField): FacetGroup => ({ kind: 'term', field });

/** The groups: the log's own fields, the chosen keys of the metadata where the log has them, and keys that the filter names. */
export function facetGroups(
  chosenKeys: readonly string[],
  keys: readonly MetadataKey[],
  filter: EntryFilter,
): readonly FacetGroup[] {
  const here = chosenKeys.filter((key) => keys.some((known) => known.key === key));
  const named = filter.terms
    .filter(({ field }) => field.startsWith(METADATA_PREFIX))
    .map(({ field }) => field.slice(METADATA_PREFIX.length));
  const ofMetadata = [...new Set([...here, ...named])].map(
    (key): FacetGroup => ({ kind: 'metadata', field: `${METADATA_PREFIX}${key}`, key }),
  );
  return [
    ...FIRST.map(term),
    ...ofMetadata,
    ...NUMBERS.map((field): FacetGroup => ({ kind: 'number', field })),
    ...LAST.map(term),
  ];
}

/** What a person set of the groups, and how to change it; kept by the desk. */
export function useFacetSettings() {
  const { facetKeys, foldedFacets } = useSettings();
  const { mutate } = useChangeSettings();
  return {
    facetKeys,
    foldedFacets,
    fold: (field: string, folded: boolean) =>
      mutate({ foldedFacets: folded ? [...foldedFacets, field] : foldedFacets.filter((other) => other !== field) }),
    add: (key: string) => {
      const field = `${METADATA_PREFIX}${key}`;
      mutate({
        facetKeys: [...facetKeys.filter((other) => other !== key), key],
        foldedFacets: foldedFacets.filter((other) => other !== field),
      });
    },
    remove: (key: string) => mutate({ facetKeys: facetKeys.filter((other) => other !== key) }),
  };
}
