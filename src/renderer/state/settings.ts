/** Settings of the desk, and what follows from them: the time zone that every time is shown in. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { DeskSettings } from '../../shared/contract.ts';
import { resolveTimeZone } from '../time/time-zone.ts';
import { useDesk } from './desk-context.ts';

const SETTINGS_KEY = ['settings'];
const FIRST_SETTINGS: DeskSettings = { timeZone: 'UTC', colorScheme: 'auto', facetKeys: [], foldedFacets: [] };

/** The settings; the desk's defaults until it has answered. */
export function useSettings(): DeskSettings {
  const desk = useDesk();
  const settings = useQuery({
    queryKey: SETTINGS_KEY,
    queryFn: () => desk.call('settings.get', {}),
    staleTime: Infinity,
  });
  return settings.data ?? FIRST_SETTINGS;
}

/** Changes settings: shown at once, kept by the desk. */
export function useChangeSettings() {
  const desk = useDesk();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: Partial<DeskSettings>) => desk.call('settings.set', change),
    onMutate: (change) => {
      queries.setQueryData<DeskSettings>(SETTINGS_KEY, (known) => ({ ...(known ?? FIRST_SETTINGS), ...change }));
    },
    onSuccess: (settings) => queries.setQueryData(SETTINGS_KEY, settings),
    onError: () => queries.invalidateQueries({ queryKey: SETTINGS_KEY }),
  });
}

/** IANA name of the zone in which times are shown. */
export function useTimeZone(): string {
  return resolveTimeZone(useSettings().timeZone);
}
