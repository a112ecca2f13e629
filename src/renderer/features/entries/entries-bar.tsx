/** What belongs to the table as a whole: how many entries are selected, copying them, its columns. */
import { Button } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { entrySetStore, NO_ENTRIES, sizeOfSet } from '../../state/entry-set.ts';
import { useStore } from '../../state/store.ts';
import { viewCountsStore } from '../../state/view-counts.ts';
import { formatCountOf } from '../../ui/number-text.ts';
import { ColumnsButton } from './columns-button.tsx';
import styles from './entries-bar.module.css';
import { copyStore, useCopyEntries } from './use-copy-entries.ts';

/** The bar at the end of the line of filters. */
export function EntriesBar() {
  const set = useStore(entrySetStore, (state) => state);
  const matching = useStore(viewCountsStore, (counts) => counts.matching);
  const { copying, copied } = useStore(copyStore, (state) => state);
  const { copy } = useCopyEntries();
  const size = sizeOfSet(set, matching);
  const several = set.kind === 'allBut' || set.entries.size > 1;
  const news =
    copied !== null
      ? `Copied ${formatCountOf(copied, 'entry', 'entries')}`
      : several && size !== null
        ? `${formatCountOf(size, 'entry', 'entries')} selected`
        : '';
  return (
    <section className={styles.bar} aria-label="Selection and columns">
      <span role="status" className={styles.count}>
        {news}
      </span>
      {several && (
        <>
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            loading={copying}
            leftSection={<IconCopy size={14} aria-hidden />}
            title="As a table for spreadsheets (Ctrl+C)"
            onClick={copy}
          >
            Copy
          </Button>
          <Button size="compact-xs" variant="subtle" color="gray" onClick={() => entrySetStore.set(NO_ENTRIES)}>
            Select none
          </Button>
        </>
      )}
      <ColumnsButton />
    </section>
  );
}
