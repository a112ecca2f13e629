/** What a cleanup would take, by day and by file. */
import { Table } from '@mantine/core';
import type { RetentionPreview } from '../../../shared/contract.ts';
import { formatBytes, formatCount, formatCountOf } from '../../ui/number-text.ts';
import styles from './retention.module.css';

const SHOWN_ROWS = 500;

function Beyond({ count, what }: { readonly count: number; readonly what: string }) {
  if (count <= SHOWN_ROWS) return null;
  return (
    <p className={styles.note}>
      and {formatCount(count - SHOWN_ROWS)} more {what}
    </p>
  );
}

/** Two tables side by side. */
export function PreviewTables({ preview }: { readonly preview: RetentionPreview }) {
  const { days, files } = preview;
  return (
    <div className={styles.tables}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <section className={styles.tableBox} aria-label="By day" tabIndex={0}>
        <Table stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Day (UTC)</Table.Th>
              <Table.Th className={styles.number ?? ''}>Entries</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {days.slice(0, SHOWN_ROWS).map(({ day, entries }) => (
              <Table.Tr key={day}>
                <Table.Td>{day}</Table.Td>
                <Table.Td className={styles.number ?? ''}>{formatCount(entries)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Beyond count={days.length} what="days" />
      </section>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <section className={styles.tableBox} aria-label="By file" tabIndex={0}>
        <Table stickyHeader>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>File</Table.Th>
              <Table.Th className={styles.number ?? ''}>Deleted</Table.Th>
              <Table.Th className={styles.number ?? ''}>Kept</Table.Th>
              <Table.Th>Outcome</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {files.slice(0, SHOWN_ROWS).map((file) => (
              <Table.Tr key={file.file}>
                <Table.Td>
                  <bdi className={styles.file}>{file.file}</bdi>
                  <span className={styles.note}> {formatBytes(file.bytes)}</span>
                </Table.Td>
                <Table.Td className={styles.number ?? ''}>{formatCount(file.removed)}</Table.Td>
                <Table.Td className={styles.number ?? ''}>
                  {formatCount(file.kept)}
                  {file.unreadable > 0 && (
                    <span className={styles.note}>
                      {' '}
                      and {formatCountOf(file.unreadable, 'unreadable line', 'unreadable lines')}
                    </span>
                  )}
                </Table.Td>
                <Table.Td>{file.outcome === 'removed' ? 'file removed' : 'rewritten'}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Beyond count={files.length} what="files" />
      </section>
    </div>
  );
}
