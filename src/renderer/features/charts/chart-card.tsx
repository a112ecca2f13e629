/** One chart: its title, what it says in a line, the picture, and the same numbers as a table. */
import { Button } from '@mantine/core';
import { type ReactNode, useId, useState } from 'react';
import styles from './charts.module.css';

/** The numbers of a chart. The first cell of a row names it. */
export interface ChartTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

interface ChartCardProps {
  readonly title: string;
  readonly note: ReactNode;
  readonly table: ChartTable;
  readonly children: ReactNode;
}

/** Chart or table, as a person chooses. */
export function ChartCard({ title, note, table, children }: ChartCardProps) {
  const id = useId();
  const [asTable, setAsTable] = useState(false);
  return (
    <section className={styles.card} aria-labelledby={id}>
      <div className={styles.cardHead}>
        <h2 id={id} className={styles.cardTitle}>
          {title}
        </h2>
        <Button
          size="compact-xs"
          aria-label={`${title}: as a table`}
          aria-pressed={asTable}
          variant={asTable ? 'light' : 'default'}
          onClick={() => setAsTable((before) => !before)}
        >
          Table
        </Button>
      </div>
      <p className={styles.cardNote}>{note}</p>
      {asTable ? <NumbersTable title={title} table={table} /> : children}
    </section>
  );
}

function NumbersTable({ title, table }: { readonly title: string; readonly table: ChartTable }) {
  return (
    // A region that scrolls must be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above
    <section className={styles.tableFrame} aria-label={`${title}, numbers`} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            {table.head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map(([name = '', ...cells]) => (
            <tr key={name}>
              <th scope="row">
                <bdi>{name}</bdi>
              </th>
              {cells.map((cell, column) => (
                <td key={table.head[column + 1]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
