/** How a SOURCE is written on a command line: a folder, or `s3://bucket/prefix?region=…&endpoint=…`. */
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { type SourceLocation, sourceLocationSchema } from '../../shared/contract.ts';
import { AuditError } from '../../shared/errors.ts';
import { parseS3Url } from '../audit/index.ts';

/**
 * Reads a SOURCE. Folders are made absolute against `currentFolder`. `s3://` takes the parameters `region`, `endpoint`, `profile`
 * and `pathStyle` (`true` or `false`; on by default with an endpoint). Fails with `invalid_argument`.
 */
export function parseSourceArgument(text: string, currentFolder: string): SourceLocation {
  const location = /^s3:\/\//i.test(text) ? parseBucketUrl(text) : parseFolder(text, currentFolder);
  const parsed = sourceLocationSchema.safeParse(location);
  if (!parsed.success) throw invalidSource(parsed.error.issues[0]?.path.join('.') ?? 'SOURCE');
  return parsed.data;
}

function parseFolder(text: string, currentFolder: string): SourceLocation {
  if (text === '') throw invalidSource('path');
  const path = text === '~' || text.startsWith('~/') ? homedir() + text.slice(1) : text;
  return { kind: 'folder', path: resolve(currentFolder, path) };
}

/** As the library reads the address of a bucket, with every default written out. */
function parseBucketUrl(text: string): SourceLocation {
  const { bucket, prefix = '', region = null, endpoint = null, profile = null, pathStyle } = parseS3Url(text);
  return { kind: 'bucket', bucket, prefix, region, endpoint, pathStyle: pathStyle ?? endpoint !== null, profile };
}

function invalidSource(what: string): AuditError {
  return new AuditError(
    'invalid_argument',
    `This is no source (${what}). Give a folder, or s3://bucket/prefix?region=…&endpoint=…`,
    { details: { what } },
  );
}
