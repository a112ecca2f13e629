/** The line that is always in sight: how much of the log what you see speaks of. */
import { Button, Progress } from '@mantine/core';
import type { Coverage } from '../../../shared/coverage.ts';
import { closeDialog, openDialog, useDialogOpen } from '../../state/dialogs.ts';
import { useTimeZone } from '../../state/settings.ts';
import { sourceStore, useCoverage } from '../../state/source.ts';
import { useStore } from '../../state/store.ts';
import { viewStore } from '../../state/view.ts';
import { viewCountsStore } from '../../state/view-counts.ts';
import { formatMomentWithOffset } from '../../time/time-zone.ts';
import { formatBytes, formatCount } from '../../ui/number-text.ts';
import styles from './completeness.module.css';
import { coverageOf, indexText, matchingText, readFraction, unreadableText } from './completeness-text.ts';
import { UnreadableDialog } from './unreadable-dialog.tsx';
import { useReadingCalls } from './use-reading-calls.ts';

/** The status line. */
export function CompletenessLine() {
  const zone = useTimeZone();
  const counts = useStore(viewCountsStore, (state) => state);
  const range = useStore(viewStore, (view) => view.query.filter.range);
  const revision = useStore(sourceStore, (state) => state.revision);
  const coverage = coverageOf(counts, useCoverage(), revision);
  const listing = useDialogOpen('unreadable');
  const wholeLog = range.fromUs === null && range.toUs === null;
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: a footer of the page is the landmark contentinfo, which may be named
    <footer className={styles.line} aria-label="Completeness">
      <span role="status" className={styles.counts}>
        {matchingText(counts, wholeLog)}
      </span>
      {coverage !== null && (
        <>
          <Separator />
          <button
            type="button"
            className={coverage.unreadable > 0 ? styles.unreadable : styles.readable}
            disabled={coverage.unreadable === 0}
            onClick={() => openDialog('unreadable')}
          >
            {unreadableText(coverage)}
          </button>
          <Separator />
          <IndexState coverage={coverage} />
          {coverage.checkedAtMs !== null && (
            <>
              <Separator />
              <span title={formatMomentWithOffset(coverage.checkedAtMs * 1000, zone, 'millisecond')}>
                read {formatMomentWithOffset(coverage.checkedAtMs * 1000, zone, 'second').slice(11)}
              </span>
            </>
          )}
        </>
      )}
      <UnreadableDialog opened={listing} onClose={closeDialog} />
    </footer>
  );
}

function Separator() {
  return (
    <span className={styles.separator} aria-hidden>
      ·
    </span>
  );
}

function IndexState({ coverage }: { readonly coverage: Coverage }) {
  const { stop, resume } = useReadingCalls();
  if (coverage.state === 'reading') {
    const fraction = readFraction(coverage);
    const of = `${formatBytes(coverage.bytesRead)} of ${formatBytes(coverage.bytesTotal)}, ${formatCount(coverage.filesRead)} of ${formatCount(coverage.filesTotal)} files`;
    return (
      <span className={styles.reading}>
        <Progress.Root size={6} w={120}>
          <Progress.Section value={fraction * 100} aria-label="Reading the log" />
        </Progress.Root>
        <span>
          reading, {Math.floor(fraction * 100)} % ({of})
        </span>
        <Button size="compact-xs" loading={stop.isPending} onClick={() => stop.mutate()}>
          Stop
        </Button>
      </span>
    );
  }
  const incomplete = coverage.state !== 'complete';
  return (
    <span className={incomplete ? styles.incomplete : undefined} title={coverage.problem ?? undefined}>
      {indexText(coverage)}
      {incomplete && (
        <Button ml={8} size="compact-xs" loading={resume.isPending} onClick={() => resume.mutate()}>
          Read on
        </Button>
      )}
    </span>
  );
}
