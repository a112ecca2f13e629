/** Stars the open source, or takes its star away. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useDesk } from '../../state/desk-context.ts';
import { reportFailure } from '../../state/failure-notices.ts';
import { useOpenSource } from '../../state/source.ts';
import { locationKey } from './location-text.ts';
import { useRecentSources } from './recent-sources.tsx';
import { RECENT_QUERY } from './use-open-source-calls.ts';

/** The star of the open source among the recent ones; `starred` is null where it is not among them. */
export function useStarSource(): { readonly starred: boolean | null; readonly toggle: () => void } {
  const desk = useDesk();
  const queries = useQueryClient();
  const { location } = useOpenSource();
  const recent = useRecentSources();
  const starred =
    recent.data?.find((source) => locationKey(source.location) === locationKey(location))?.starred ?? null;
  const change = useMutation({
    mutationFn: () => desk.call('sources.star', { location, starred: starred !== true }),
    onError: (error) => reportFailure('The star could not be kept', error),
    onSettled: () => queries.invalidateQueries({ queryKey: RECENT_QUERY }),
  });
  return { starred, toggle: () => change.mutate() };
}
