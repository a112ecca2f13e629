/** Buckets as a SOURCE on the command line: `s3://bucket/prefix?region=…&endpoint=…&pathStyle=…&profile=…`. */
import { AuditError } from '../../../shared/errors.ts';
import { normalizePrefix } from './s3-keys.ts';
import type { S3StorageOptions } from './s3-storage-options.ts';

const FORM = /^s3:\/\/([^/?#]*)(?:\/([^?#]*))?(?:\?([^#]*))?$/i;
const PARAMETERS = ['region', 'endpoint', 'pathStyle', 'profile'];

/**
 * Reads `s3://bucket/prefix?…`. Without a path the prefix is empty; percent escapes are decoded. `invalid_argument` for anything
 * else, also for credentials: they do not belong into a text that shells and process lists keep.
 */
export function parseS3Url(url: string): S3StorageOptions {
  const match = FORM.exec(url);
  if (match === null) throw invalid('A bucket is written s3://bucket/prefix?region=…&endpoint=….');
  const [, bucket = '', path = '', query = ''] = match;
  if (bucket.includes('@')) {
    throw invalid('Credentials do not belong into the address of a bucket. Use a profile or the environment.');
  }
  assertBucketName(bucket);
  const parameters = new URLSearchParams(query);
  for (const name of parameters.keys()) {
    if (!PARAMETERS.includes(name)) {
      throw invalid(`The address of a bucket takes ${PARAMETERS.join(', ')}, not ${JSON.stringify(name)}.`);
    }
    if (parameters.getAll(name).length > 1) throw invalid(`The address of a bucket has ${name} twice.`);
  }
  const region = parameters.get('region');
  const endpoint = parameters.get('endpoint');
  const pathStyle = parameters.get('pathStyle');
  const profile = parameters.get('profile');
  return {
    bucket,
    prefix: normalizePrefix(decode(path)),
    ...(region ? { region } : {}),
    ...(endpoint ? { endpoint: assertEndpoint(endpoint) } : {}),
    ...(pathStyle === null ? {} : { pathStyle: parseFlag(pathStyle) }),
    ...(profile ? { profile } : {}),
  };
}

/** The address that {@link parseS3Url} reads back to the same options. Credentials and concurrency are left out. */
export function formatS3Url(options: S3StorageOptions): string {
  const prefix = normalizePrefix(options.prefix ?? DEFAULT_PREFIX);
  const parameters = new URLSearchParams();
  if (options.region !== undefined) parameters.set('region', options.region);
  if (options.endpoint !== undefined) parameters.set('endpoint', options.endpoint);
  if (options.pathStyle !== undefined) parameters.set('pathStyle', String(options.pathStyle));
  if (options.profile !== undefined) parameters.set('profile', options.profile);
  const path = prefix.split('/').map(encodeURIComponent).join('/');
  const query = parameters.size === 0 ? '' : `?${parameters}`;
  return `s3://${options.bucket}${path === '' ? '' : `/${path}`}${query}`;
}

/** Where entries lie when nobody says otherwise, as in the Python original. */
export const DEFAULT_PREFIX = 'audit/';

/** Throws `invalid_argument` for what cannot be a bucket's name (the rules of S3, and of older and compatible servers). */
export function assertBucketName(bucket: string): void {
  if (!/^[A-Za-z0-9][A-Za-z0-9._:-]{1,254}$/.test(bucket)) {
    throw invalid(
      `${JSON.stringify(bucket.slice(0, 300))} is no name of a bucket: letters, digits, dots and hyphens, at least three.`,
    );
  }
}

/** The endpoint itself. `invalid_argument` where it is no http or https URL, or has credentials in it. */
export function assertEndpoint(endpoint: string): string {
  const url = URL.parse(endpoint);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw invalid('The endpoint of a bucket is a URL that begins with http:// or https://.');
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw invalid('The endpoint of a bucket has no user, password, query or fragment.');
  }
  return endpoint;
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    throw invalid('The path of this bucket address has a broken percent escape.', error);
  }
}

function parseFlag(text: string): boolean {
  if (text === 'true' || text === '1') return true;
  if (text === 'false' || text === '0') return false;
  throw invalid('pathStyle is true or false.');
}

function invalid(message: string, cause?: unknown): AuditError {
  return new AuditError('invalid_argument', message, { cause });
}
