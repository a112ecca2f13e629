/** Sources that were open before: starred ones first, then the newest. */
import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconArrowRight, IconBucket, IconFolder, IconStar, IconStarFilled, IconX } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { RecentSource } from '../../../shared/contract.ts';
import { useDesk } from '../../state/desk-context.ts';
import { useTimeZone } from '../../state/settings.ts';
import { formatMomentWithOffset } from '../../time/time-zone.ts';
import { CutText } from '../../ui/cut-text.tsx';
import { Failure } from '../../ui/failure.tsx';
import { locationKey, locationText } from './location-text.ts';
import styles from './sources.module.css';
import { RECENT_QUERY } from './use-open-source-calls.ts';

/** The recent sources, in the order in which they are offered. */
export function useRecentSources() {
  const desk = useDesk();
  return useQuery({
    queryKey: RECENT_QUERY,
    queryFn: () => desk.call('sources.recent', {}),
    select: (sources) => [...sources].sort((first, second) => Number(second.starred) - Number(first.starred)),
  });
}

/** The source that was open last; null where there was none or the list is not here yet. */
export function useLastSource(): RecentSource | null {
  const recent = useRecentSources().data ?? [];
  return recent.reduce<RecentSource | null>(
    (last, source) => (last === null || source.lastOpenedAtMs > last.lastOpenedAtMs ? source : last),
    null,
  );
}

interface ContinueButtonProps {
  readonly last: RecentSource;
  readonly onOpen: (recent: RecentSource) => void;
}

/** Takes up the last source as it was left; it has the focus, so that Enter is enough. */
export function ContinueButton({ last, onOpen }: ContinueButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) button.current?.focus();
  }, []);
  return (
    <Button
      ref={button}
      className={styles.continue ?? ''}
      variant="filled"
      size="sm"
      title={locationText(last.location)}
      aria-label={`Continue with ${last.name}`}
      rightSection={<IconArrowRight size={16} aria-hidden />}
      onClick={() => onOpen(last)}
    >
      <CutText text={`Continue with ${last.name}`} />
    </Button>
  );
}

/** A list from which a source is opened, starred or forgotten. */
export function RecentSources({ onOpen }: { readonly onOpen: (recent: RecentSource) => void }) {
  const recent = useRecentSources();
  if (recent.error !== null) return <Failure error={recent.error} title="Recent sources could not be read" />;
  if (recent.data === undefined || recent.data.length === 0) return null;
  return (
    <section aria-labelledby="recent-title">
      <h2 id="recent-title" className={styles.recentTitle}>
        Recent and starred
      </h2>
      <ul className={styles.recentList}>
        {recent.data.map((source) => (
          <RecentItem key={locationKey(source.location)} source={source} onOpen={onOpen} />
        ))}
      </ul>
    </section>
  );
}

interface RecentItemProps {
  readonly source: RecentSource;
  readonly onOpen: (recent: RecentSource) => void;
}

function RecentItem({ source, onOpen }: RecentItemProps) {
  const desk = useDesk();
  const zone = useTimeZone();
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: (what: 'star' | 'forget') =>
      what === 'star'
        ? desk.call('sources.star', { location: source.location, starred: !source.starred })
        : desk.call('sources.forget', { location: source.location }),
    onSettled: () => queries.invalidateQueries({ queryKey: RECENT_QUERY }),
  });
  const opened = formatMomentWithOffset(source.lastOpenedAtMs * 1000, zone, 'minute');
  return (
    <li className={styles.recentItem}>
      <button type="button" className={styles.recentOpen} onClick={() => onOpen(source)}>
        {source.location.kind === 'folder' ? (
          <IconFolder size={16} aria-hidden />
        ) : (
          <IconBucket size={16} aria-hidden />
        )}
        <span className={styles.recentText}>
          <CutText text={source.name} style={{ fontWeight: 600 }} />
          <CutText text={locationText(source.location)} mono />
        </span>
        <span className={styles.recentTime}>{opened}</span>
      </button>
      <Tooltip label={source.starred ? 'Remove the star' : 'Star'}>
        <ActionIcon
          aria-label={`Star ${source.name}`}
          aria-pressed={source.starred}
          onClick={() => change.mutate('star')}
        >
          {source.starred ? <IconStarFilled size={15} aria-hidden /> : <IconStar size={15} aria-hidden />}
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Forget: the log itself stays as it is">
        <ActionIcon aria-label={`Forget ${source.name}`} onClick={() => change.mutate('forget')}>
          <IconX size={15} aria-hidden />
        </ActionIcon>
      </Tooltip>
      {change.error !== null && <Failure error={change.error} onDismiss={change.reset} />}
    </li>
  );
}
