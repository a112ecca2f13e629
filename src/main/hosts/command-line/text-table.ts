/** Columns of text, aligned without knowing every row before the first is printed. */
import { printable } from './printable.ts';

export interface Column<Row> {
  readonly title: string;
  /** Characters; a longer value is kept whole and pushes the rest of its line. */
  readonly width: number;
  /** Numbers are set right. */
  readonly right?: boolean;
  readonly of: (row: Row) => string;
}

/** Sets rows in columns. No colours, so that a file or a pipe gets plain text. */
export class TextTable<Row> {
  readonly #columns: readonly Column<Row>[];

  constructor(columns: readonly Column<Row>[]) {
    this.#columns = columns;
  }

  head(): string {
    return this.#set((column) => column.title);
  }

  line(row: Row): string {
    return this.#set((column) => printable(column.of(row)));
  }

  #set(text: (column: Column<Row>) => string): string {
    const cells = this.#columns.map((column) =>
      column.right === true ? text(column).padStart(column.width) : text(column).padEnd(column.width),
    );
    return `${cells.join('  ').trimEnd()}\n`;
  }
}
