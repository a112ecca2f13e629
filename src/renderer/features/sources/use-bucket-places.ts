/** Buckets and prefixes that are offered while a person types one. What may not be listed is simply not offered. */
import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { useDesk } from '../../state/desk-context.ts';
import { type BucketFields, readBucketFields } from './bucket-form.ts';

const TYPING_REST_MS = 500;

/** What can be chosen. `note` says why there is nothing, where that is known. */
export interface BucketPlaces {
  readonly buckets: readonly string[];
  readonly prefixes: readonly string[];
  readonly note: string | null;
}

const NO_PLACES: BucketPlaces = { buckets: [], prefixes: [], note: null };

/** Asks once typing in one of the two fields rests; nothing is asked before a person types there. Credentials stay in this call. */
export function useBucketPlaces(fields: BucketFields, typed: 'bucket' | 'prefix' | null): BucketPlaces {
  const desk = useDesk();
  const [rested] = useDebouncedValue(fields, TYPING_REST_MS);
  const [places, setPlaces] = useState(NO_PLACES);
  const latest = useRef(0);
  useEffect(() => {
    const request = readBucketFields(rested);
    if (typed === null || !request.ok || request.location.kind !== 'bucket') return;
    latest.current += 1;
    const asked = latest.current;
    const { kind: _, bucket, prefix: __, ...reach } = request.location;
    const { credentials } = request;
    const answer =
      typed === 'bucket'
        ? desk.call('buckets.list', { reach, credentials }).then((buckets) => ({ buckets }))
        : desk
            .call('buckets.prefixes', { reach, bucket, prefix: rested.prefix, credentials })
            .then((prefixes) => ({ prefixes }));
    const what = typed === 'bucket' ? 'Buckets' : 'Prefixes';
    answer.then(
      (found) => asked === latest.current && setPlaces((known) => ({ ...known, ...found, note: null })),
      () =>
        asked === latest.current &&
        setPlaces((known) => ({ ...known, note: `${what} cannot be listed here; write the name in full.` })),
    );
  }, [desk, rested, typed]);
  return places;
}
