/** Every line that could not be read as an entry: where it lies, why, and how it begins. */
import { Button, Group, Table } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useDesk } from '../../state/desk-context.ts';
import { paced, useOpenSource, usePacedRevision } from '../../state/source.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Failure } from '../../ui/failure.tsx';
import { formatCount, formatCountOf } from '../../ui/number-text.ts';
import styles from './completeness.module.css';

const PAGE_LINES = 100;

interface UnreadableDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** The list, in pages. */
export function UnreadableDialog({ opened, onClose }: UnreadableDialogProps) {
  return (
    <Dialog opened={opened} onClose={onClose} title="Lines that could not be read" size="min(1100px, 94vw)">
      <UnreadableList />
    </Dialog>
  );
}

function UnreadableList() {
  const desk = useDesk();
  const { sourceId } = useOpenSource();
  const revision = usePacedRevision('unreadable');
  const [offset, setOffset] = useState(0);
  const list = useQuery({
    queryKey: ['entries', 'unreadable', sourceId, offset, revision],
    queryFn: () =>
      paced('unreadable', () => desk.call('entries.unreadable', { sourceId, page: { offset, limit: PAGE_LINES } })),
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  if (list.error !== null) return <Failure error={list.error} onRetry={() => void list.refetch()} />;
  if (list.data === undefined) return <p className={styles.note}>Fetching the list</p>;
  const { lines, total } = list.data;
  return (
    <>
      <p className={styles.note}>
        These lines are no entries, so no search, count or cleanup includes them. They stay in their files as they are.
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <section className={styles.tableScroll} tabIndex={0} aria-label="Unreadable lines">
        <Table stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>File</Table.Th>
              <Table.Th className={styles.number ?? ''}>Line</Table.Th>
              <Table.Th className={styles.number ?? ''}>Byte</Table.Th>
              <Table.Th className={styles.number ?? ''}>Bytes</Table.Th>
              <Table.Th>Reason</Table.Th>
              <Table.Th>Begins with</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {lines.map((line) => (
              <Table.Tr key={`${line.file} ${line.byteOffset}`}>
                <Table.Td>
                  <bdi className={styles.file}>{line.file}</bdi>
                </Table.Td>
                <Table.Td className={styles.number ?? ''}>{line.line === null ? '–' : formatCount(line.line)}</Table.Td>
                <Table.Td className={styles.number ?? ''}>{formatCount(line.byteOffset)}</Table.Td>
                <Table.Td className={styles.number ?? ''}>{formatCount(line.byteLength)}</Table.Td>
                <Table.Td>{line.reason}</Table.Td>
                <Table.Td>
                  <code className={styles.rawStart} title={line.rawStart}>
                    {line.rawStart}
                  </code>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </section>
      <Group mt="sm" justify="space-between">
        <span className={styles.note}>
          {total === 0
            ? 'No such lines any more'
            : `${formatCount(offset + 1)} to ${formatCount(offset + lines.length)} of ${formatCountOf(total, 'line', 'lines')}`}
        </span>
        {total > PAGE_LINES && (
          <Group gap="xs">
            <Button disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - PAGE_LINES))}>
              Previous
            </Button>
            <Button disabled={offset + PAGE_LINES >= total} onClick={() => setOffset(offset + PAGE_LINES)}>
              Next
            </Button>
          </Group>
        )}
      </Group>
    </>
  );
}
