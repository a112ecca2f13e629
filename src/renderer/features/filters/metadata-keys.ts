/** Keys of the log's metadata: offered as fields, and known ones told from mistyped ones. */
import { useQuery } from '@tanstack/react-query';
import { fieldOfPair, type ParsedQuery, type QueryDiagnostic } from '../../../shared/query-language/parse-query.ts';
import { METADATA_PREFIX, QUERY_FIELD_NAMES } from '../../../shared/query-language/query-fields.ts';
import type { MetadataKey } from '../../../shared/summaries.ts';
import { useDesk } from '../../state/desk-context.ts';
import { paced, useOpenSource, usePacedRevision } from '../../state/source.ts';

const NO_KEYS: readonly MetadataKey[] = [];

/** The keys, the most frequent first; null until they are known. */
export function useMetadataKeys(): readonly MetadataKey[] | null {
  const desk = useDesk();
  const { sourceId } = useOpenSource();
  const revision = usePacedRevision('metadataKeys');
  const keys = useQuery({
    queryKey: ['entries', 'metadataKeys', sourceId, revision],
    queryFn: () => paced('metadataKeys', () => desk.call('entries.metadataKeys', { sourceId })),
    placeholderData: (before) => before,
    gcTime: 10_000,
  });
  return keys.data ?? (keys.isError ? NO_KEYS : null);
}

/** Remarks on names that are no field and no key of the log: mistyped, most likely. Silent until the keys are known. */
export function unknownKeyRemarks(
  parsed: ParsedQuery,
  keys: readonly MetadataKey[] | null,
): readonly QueryDiagnostic[] {
  if (keys === null) return [];
  return parsed.items.flatMap((item): QueryDiagnostic[] => {
    if (item.kind === 'word') return [];
    const named = fieldOfPair(item);
    if (named.kind !== 'term' || !named.field.startsWith(METADATA_PREFIX)) return [];
    const key = named.field.slice(METADATA_PREFIX.length);
    if (keys.some((known) => known.key === key)) return [];
    const close = closestName(key, item.prefixed ? [] : QUERY_FIELD_NAMES.map(({ name }) => name), keys);
    const meant = close === null ? '' : ` Did you mean ${close}?`;
    return [
      {
        start: item.key.start,
        end: item.key.end,
        severity: 'warning',
        message: `No entry has the metadata key ${key}.${meant}`,
      },
    ];
  });
}

const MOST_EDITS = 2;

function closestName(written: string, names: readonly string[], keys: readonly MetadataKey[]): string | null {
  const candidates = [...names, ...keys.map(({ key }) => key)];
  let closest: string | null = null;
  let fewest = Math.min(MOST_EDITS, written.length - 2) + 1;
  for (const candidate of candidates) {
    const edits = editDistance(written.toLowerCase(), candidate.toLowerCase());
    if (edits < fewest) {
      fewest = edits;
      closest = candidate;
    }
  }
  return closest;
}

/** Letters that must be added, taken away or replaced to make one text of another. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let left = 1; left <= from.length; left += 1) {
    const next = [left];
    for (let right = 1; right <= to.length; right += 1) {
      const replaced = (row[right - 1] as number) + (from[left - 1] === to[right - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[right] as number) + 1, (next[right - 1] as number) + 1));
    }
    row = next;
  }
  return row[to.length] as number;
}
