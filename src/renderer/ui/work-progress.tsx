/** How far long work has come, how long it may still take, and its Stop. */
import { Button, Progress } from '@mantine/core';
import { useEffect, useState } from 'react';
import { formatCount } from './number-text.ts';
import styles from './work-progress.module.css';

interface WorkProgressProps {
  /** What is done, as the accessible name of the bar: "Exporting". */
  readonly label: string;
  /** null before the first word of it. */
  readonly progress: { readonly done: number; readonly total: number; readonly unit: string } | null;
  readonly stopping: boolean;
  readonly onStop: () => void;
}

/** Work this young is not judged by its pace. */
const LEAST_MS = 1_000;

/** Bar, "1,200 of 9,730 entries, about 4 s left", Stop. */
export function WorkProgress({ label, progress, stopping, onStop }: WorkProgressProps) {
  const [startedMs] = useState(() => performance.now());
  const [nowMs, setNowMs] = useState(startedMs);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(performance.now()), 500);
    return () => clearInterval(timer);
  }, []);
  const share = progress === null || progress.total === 0 ? 0 : progress.done / progress.total;
  const left = remainingText(share, nowMs - startedMs);
  return (
    <div className={styles.work}>
      <Progress.Root size={6} className={styles.bar ?? ''}>
        <Progress.Section value={share * 100} aria-label={label} />
      </Progress.Root>
      <span className={styles.text}>
        {progress === null
          ? 'Beginning'
          : `${formatCount(progress.done)} of ${formatCount(progress.total)} ${progress.unit}`}
        {left !== null && `, ${left}`}
      </span>
      <Button size="compact-xs" loading={stopping} onClick={onStop}>
        Stop
      </Button>
    </div>
  );
}

/** `about 4 s left` at the pace so far; null while that cannot be told. */
export function remainingText(share: number, elapsedMs: number): string | null {
  if (share <= 0 || share >= 1 || elapsedMs < LEAST_MS) return null;
  const seconds = Math.ceil((elapsedMs * (1 - share)) / share / 1000);
  return seconds < 90 ? `about ${seconds} s left` : `about ${Math.ceil(seconds / 60)} min left`;
}
