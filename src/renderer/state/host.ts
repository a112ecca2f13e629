/** What carries this window, and the keys it may use. */
import { useQuery } from '@tanstack/react-query';
import type { HostInfo, KeySummary } from '../../shared/contract.ts';
import { useDesk } from './desk-context.ts';

/** Name of the list of keys among the queries; set anew on `keys.changed`. */
export const KEYS_QUERY = ['keys'];

/** The host; undefined until it has answered. */
export function useHost(): HostInfo | undefined {
  const desk = useDesk();
  return useQuery({ queryKey: ['host'], queryFn: () => desk.call('host.info', {}), staleTime: Infinity }).data;
}

/** The imported keys: names and fingerprints, never the keys themselves. */
export function useKeys() {
  const desk = useDesk();
  return useQuery<readonly KeySummary[]>({
    queryKey: KEYS_QUERY,
    queryFn: () => desk.call('keys.list', {}),
    staleTime: Infinity,
  });
}
