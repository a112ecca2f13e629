/** Names and words of an export: pure. */
import type { ExportFormat } from '../../../shared/contract.ts';
import type { DateRange } from '../../../shared/query.ts';
import { formatMoment } from '../../time/time-zone.ts';

/** A file name that tells source and range: `claims-prod_2026-01-21_2026-01-28.csv`. Never one that makes the file part of a log. */
export function suggestedName(source: string, range: DateRange, zone: string, format: ExportFormat['kind']): string {
  const day = (epochUs: number | null) => (epochUs === null ? null : formatMoment(epochUs, zone, 'day'));
  const from = day(range.fromUs);
  const to = day(range.toUs);
  const span = from === null && to === null ? 'all' : `${from ?? 'start'}_${to ?? 'end'}`;
  const name = source.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[-.]+|[-.]+$/g, '') || 'log';
  const safe = name.startsWith('audit_') ? `export-${name}` : name;
  return `${safe.slice(0, 100)}_${span}.${format}`;
}

/** The same path with the extension of another format, where it has that of a known one. */
export function withExtension(path: string, format: ExportFormat['kind']): string {
  return path.replace(/\.(?:jsonl|json|csv)$/i, `.${format}`);
}

/** A file of a folder, as the machine that the desk runs on writes it. */
export function joinPath(folder: string, name: string, platform: string): string {
  const separator = platform === 'win32' ? '\\' : '/';
  return folder.endsWith(separator) ? `${folder}${name}` : `${folder}${separator}${name}`;
}
