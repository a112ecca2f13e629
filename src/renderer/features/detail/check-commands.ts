/** Commands by which anyone can check a recorded hash, with this program or without it. For a POSIX shell with jq. */

import type { EntryRef, SourceLocation } from '../../../shared/contract.ts';
import type { ContentKind } from '../../../shared/entry.ts';

/** One command and what it needs. */
export interface CheckCommand {
  readonly name: string;
  readonly command: string;
}

/** The text as one word of a POSIX shell. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_./:@%+=-]+$/.test(text) && !text.startsWith('-') ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** A location as the command line takes it. */
export function sourceArgument(location: SourceLocation): string {
  if (location.kind === 'folder') return location.path;
  const { bucket, prefix, region, endpoint, pathStyle, profile } = location;
  const parameters = new URLSearchParams();
  if (region !== null) parameters.set('region', region);
  if (endpoint !== null) parameters.set('endpoint', endpoint);
  parameters.set('pathStyle', String(pathStyle));
  if (profile !== null) parameters.set('profile', profile);
  return `s3://${bucket}/${prefix.split('/').map(encodeURIComponent).join('/')}?${parameters}`;
}

/** The stored line itself, read without this program. Only for folders. */
function storedLine(location: SourceLocation & { readonly kind: 'folder' }, ref: EntryRef): string {
  const file = shellWord(`${location.path.replace(/\/$/, '')}/${ref.file}`);
  return `tail -c +${ref.byteOffset + 1} ${file} | head -c ${ref.byteLength}`;
}

/** Commands that print the SHA-256 of one content of an entry. */
export function checkCommands(
  location: SourceLocation,
  ref: EntryRef,
  part: 'input' | 'output',
  kind: ContentKind,
): readonly CheckCommand[] {
  if (kind === 'none') {
    return [{ name: 'Of a text that you hold in a file', command: 'sha256sum text.txt' }];
  }
  const field = `jq -j .${part}_content | sha256sum`;
  const key = kind === 'encrypted' ? ' --key-file KEY' : '';
  const get = `audit-desk get ${shellWord(sourceArgument(location))} ${shellWord(ref.id)}${key} --json | ${field}`;
  const ours = { name: 'With the command line', command: get };
  if (kind === 'encrypted' || location.kind !== 'folder') return [ours];
  return [ours, { name: 'Without Audit Desk', command: `${storedLine(location, ref)} | ${field}` }];
}
