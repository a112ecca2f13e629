/** A reader of CSV written from RFC 4180, for tests only: strict, so that what is no CSV is an error. */

export interface CsvTable {
  readonly header: readonly string[];
  readonly rows: readonly Readonly<Record<string, string>>[];
}

/** Reads a whole file without a byte order mark. Throws where it breaks the grammar or a row has another number of cells. */
export function readCsv(text: string, separator: string): CsvTable {
  const [header = [], ...rest] = cellsOf(text, separator);
  const rows = rest.map((cells, index) => {
    if (cells.length !== header.length) throw new Error(`row ${index} has ${cells.length} cells, not ${header.length}`);
    return Object.fromEntries(header.map((name, at) => [name, cells[at] ?? '']));
  });
  return { header, rows };
}

function cellsOf(text: string, separator: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (let at = 0; at < text.length; ) {
    if (text[at] !== '"') throw new Error(`a cell at ${at} is not in quotes`);
    let cell = '';
    at += 1;
    for (;;) {
      const quote = text.indexOf('"', at);
      if (quote === -1) throw new Error('a quote is not closed');
      cell += text.slice(at, quote);
      at = quote + 1;
      if (text[at] !== '"') break;
      cell += '"';
      at += 1;
    }
    row.push(cell);
    if (text[at] === separator) {
      at += 1;
      continue;
    }
    if (text.slice(at, at + 2) !== '\r\n') throw new Error(`a row does not end at ${at}`);
    at += 2;
    rows.push(row);
    row = [];
  }
  return rows;
}
