/** How a SOURCE is written on a command line: a folder, or `s3://bucket/prefix?region=…&endpoint=…`. */
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { type SourceLocation, sourceLocationSchema } from '../../shared/contract.ts';
import { AuditError } from '../../shared/errors.ts';

const BUCKET_PARAMETERS = new Set(['region', 'endpoint', 'pathStyle', 'profile']);

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

function parseBucketUrl(text: string): SourceLocation {
  const [, bucket = '', path = '', query = ''] = /^s3:\/\/([^/?]*)(?:\/([^?]*))?(?:\?(.*))?$/i.exec(text) ?? [];
  const parameters = new URLSearchParams(query);
  for (const name of parameters.keys()) {
    if (!BUCKET_PARAMETERS.has(name)) throw invalidSource(`the parameter ${name.slice(0, 40)}`);
  }
  const endpoint = parameters.get('endpoint');
  const pathStyle = parameters.get('pathStyle');
  if (pathStyle !== null && pathStyle !== 'true' && pathStyle !== 'false') throw invalidSource('pathStyle');
  return {
    kind: 'bucket',
    bucket,
    prefix: path === '' || path.endsWith('/') ? path : `${path}/`,
    region: parameters.get('region'),
    endpoint,
    pathStyle: pathStyle === null ? endpoint !== null : pathStyle === 'true',
    profile: parameters.get('profile'),
  };
}

function invalidSource(what: string): AuditError {
  return new AuditError(
    'invalid_argument',
    `This is no source (${what}). Give a folder, or s3://bucket/prefix?region=…&endpoint=…`,
    { details: { what } },
  );
}
