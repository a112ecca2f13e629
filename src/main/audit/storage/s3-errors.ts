/**
 * What an S3 server, the SDK or the network answers -> AuditError. Codes of S3: the table "Error Responses" of the Amazon S3 API
 * Reference. Messages name bucket and endpoint; they never carry the SDK's own text, which may hold key ids and signed strings.
 */
import { AuditError, type AuditErrorCode, type ErrorDetails, isAuditError } from '../../../shared/errors.ts';

/** The request that failed. */
export interface S3RequestContext {
  readonly operation: 'ListBuckets' | 'ListObjectsV2' | 'GetObject' | 'PutObject' | 'DeleteObject' | 'DeleteObjects';
  readonly bucket: string;
  /** null for AWS itself. */
  readonly endpoint: string | null;
  readonly region: string | null;
  readonly profile: string | null;
  readonly key: string | null;
}

const PERMISSIONS: Readonly<Record<S3RequestContext['operation'], string>> = {
  ListBuckets: 's3:ListAllMyBuckets',
  ListObjectsV2: 's3:ListBucket',
  GetObject: 's3:GetObject',
  PutObject: 's3:PutObject',
  DeleteObject: 's3:DeleteObject',
  DeleteObjects: 's3:DeleteObject',
};

const BY_S3_CODE = new Map<string, AuditErrorCode>(
  Object.entries({
    bucket_not_found: ['NoSuchBucket', 'InvalidBucketName'],
    access_denied: ['AccessDenied', 'AllAccessDisabled', 'AccountProblem', 'Forbidden', 'InvalidPayer'],
    credentials_invalid: [
      'InvalidAccessKeyId',
      'SignatureDoesNotMatch',
      'InvalidToken',
      'InvalidSecurity',
      'NotSignedUp',
    ],
    credentials_expired: ['ExpiredToken', 'ExpiredTokenException', 'TokenRefreshRequired', 'RequestExpired'],
    clock_skewed: ['RequestTimeTooSkewed', 'RequestInTheFuture'],
    wrong_region: [
      'PermanentRedirect',
      'TemporaryRedirect',
      'AuthorizationHeaderMalformed',
      'IllegalLocationConstraintException',
    ],
    timeout: ['TimeoutError', 'RequestTimeout'],
    service_unavailable: [
      'SlowDown',
      'ServiceUnavailable',
      'InternalError',
      'Throttling',
      'ThrottlingException',
      'TooManyRequests',
    ],
    damaged_object: ['InvalidObjectState', 'BadDigest', 'IncompleteBody', 'InvalidDigest', 'XAmzContentSHA256Mismatch'],
    entry_not_found: ['NoSuchKey'],
    conflict: ['PreconditionFailed', 'ConditionalRequestConflict'],
    credentials_missing: ['CredentialsProviderError', 'TokenProviderError'],
  } satisfies Partial<Record<AuditErrorCode, string[]>>).flatMap(([code, names]) =>
    names.map((name): [string, AuditErrorCode] => [name, code as AuditErrorCode]),
  ),
);

const TIMEOUT_CODES = ['ETIMEDOUT', 'ESOCKETTIMEDOUT'];
const NETWORK_CODES =
  /^(?:E(?:CONN|HOST|NET|PIPE|AI_|NOTFOUND|PROTO|ADDR)|ENOTFOUND$|EPROTO$|ERR_(?:TLS|SSL)|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/;

/** The AuditError that a failure of a request stands for. An AuditError passes through. */
export function toS3Error(error: unknown, context: S3RequestContext): AuditError {
  if (isAuditError(error)) return error;
  const facts = factsOf(error);
  const code = codeOf(facts, context);
  const details: Record<string, string | number | null> = {
    bucket: context.bucket,
    endpoint: context.endpoint,
    operation: context.operation,
    ...(context.key === null ? {} : { key: context.key }),
    ...(facts.name === '' ? {} : { s3Code: facts.name }),
    ...(facts.status === null ? {} : { status: facts.status }),
    ...(code === 'access_denied' ? { permission: PERMISSIONS[context.operation] } : {}),
    ...(facts.region === null ? {} : { bucketRegion: facts.region }),
  };
  return new AuditError(code, sentence(code, context, facts), {
    cause: causeOf(facts),
    details: details satisfies ErrorDetails,
  });
}

/** What can be told about a failure without its text. */
interface FailureFacts {
  /** S3's code, or the name of the SDK's error. */
  readonly name: string;
  /** Node's code of a failed connection, or null. */
  readonly networkCode: string | null;
  readonly status: number | null;
  /** Region that the server names as the bucket's own. */
  readonly region: string | null;
  readonly regionMissing: boolean;
}

function factsOf(error: unknown): FailureFacts {
  const value = isRecord(error) ? error : {};
  const metadata = isRecord(value['$metadata']) ? value['$metadata'] : {};
  const response = isRecord(value['$response']) ? value['$response'] : {};
  const headers = isRecord(response['headers']) ? response['headers'] : {};
  const status = metadata['httpStatusCode'] ?? response['statusCode'];
  const cause = isRecord(value['cause']) ? value['cause'] : {};
  const networkCode = textOf(value['code']) ?? textOf(cause['code']);
  return {
    name: nameOf(value),
    networkCode,
    status: typeof status === 'number' ? status : null,
    region: regionName(headers['x-amz-bucket-region']) ?? regionName(value['Region']),
    regionMissing: value['message'] === 'Region is missing',
  };
}

function nameOf(value: Record<string, unknown>): string {
  const name = textOf(value['name']) ?? '';
  const code = textOf(value['Code']);
  const chosen = name === 'Error' || name === 'S3ServiceException' || name === 'UnknownError' ? (code ?? name) : name;
  return /^[A-Za-z0-9_.-]{1,80}$/.test(chosen) && chosen !== 'Error' ? chosen : '';
}

function codeOf(facts: FailureFacts, context: S3RequestContext): AuditErrorCode {
  if (facts.regionMissing) return 'wrong_region';
  // Before the name: the SDK calls a reset connection a TimeoutError too.
  if (facts.networkCode !== null) {
    if (TIMEOUT_CODES.includes(facts.networkCode)) return 'timeout';
    if (NETWORK_CODES.test(facts.networkCode)) return 'network_unreachable';
  }
  const named = BY_S3_CODE.get(facts.name);
  if (named !== undefined) return named;
  if (facts.status === 404) return context.key === null ? 'bucket_not_found' : 'entry_not_found';
  return facts.status === null ? 'io_error' : codeOfStatus(facts.status);
}

function codeOfStatus(status: number): AuditErrorCode {
  if (status === 301 || status === 307) return 'wrong_region';
  if (status === 401) return 'credentials_invalid';
  if (status === 403) return 'access_denied';
  if (status === 412 || status === 409) return 'conflict';
  if (status === 408) return 'timeout';
  if (status === 429 || status >= 500) return 'service_unavailable';
  return 'io_error';
}

function sentence(code: AuditErrorCode, context: S3RequestContext, facts: FailureFacts): string {
  const bucket = context.operation === 'ListBuckets' ? 'the list of buckets' : `the bucket ${context.bucket}`;
  const server = context.endpoint ?? 'Amazon S3';
  switch (code) {
    case 'bucket_not_found':
      return `There is no bucket ${context.bucket} at ${server}. Check its name and the endpoint.`;
    case 'access_denied':
      return `${server} refused access to ${bucket}. These credentials need the permission ${PERMISSIONS[context.operation]}.`;
    case 'credentials_missing':
      return context.profile === null
        ? `No credentials for ${bucket} were found. Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, choose a profile, or type them in.`
        : `The profile ${context.profile} gave no credentials for ${bucket}. Check its entry in the AWS configuration, or sign in again.`;
    case 'credentials_invalid':
      return `${server} does not accept these credentials for ${bucket}. Check the access key and its secret.`;
    case 'credentials_expired':
      return `The credentials for ${bucket} have expired. Sign in again, or give new ones.`;
    case 'clock_skewed':
      return `${server} refused the request because this computer's clock is wrong. Set the clock, then try again.`;
    case 'wrong_region':
      return regionSentence(context, facts);
    case 'network_unreachable':
      return `${server} cannot be reached (${facts.networkCode ?? 'no connection'}). Check the network, the endpoint and, with https, its certificate.`;
    case 'timeout':
      return `${server} did not answer in time. Check the network and the endpoint, then try again.`;
    case 'service_unavailable':
      return `${server} is overloaded or out of order${statusText(facts)}, and stayed so over several tries. Try again later.`;
    case 'damaged_object':
      return facts.name === 'InvalidObjectState'
        ? `The object ${context.key ?? ''} in ${bucket} is archived. Restore it in S3 before it can be read.`
        : `Data was damaged on its way between here and ${bucket}. Try again.`;
    case 'entry_not_found':
      return `The object ${context.key ?? ''} is not in ${bucket}.`;
    case 'conflict':
      return `The object ${context.key ?? ''} in ${bucket} is there already, with other content.`;
    default:
      return `${server} refused ${context.operation} on ${bucket}${statusText(facts)}.`;
  }
}

function regionSentence(context: S3RequestContext, facts: FailureFacts): string {
  if (facts.regionMissing) {
    return `No region is set for the bucket ${context.bucket}. Give the region, or set AWS_REGION.`;
  }
  const asked = context.region === null ? '' : `, not in ${context.region}`;
  return facts.region === null
    ? `The bucket ${context.bucket} is in another region${asked}. Give the region it was made in.`
    : `The bucket ${context.bucket} is in the region ${facts.region}${asked}. Set the region to ${facts.region}.`;
}

function statusText(facts: FailureFacts): string {
  const parts = [facts.name, facts.status === null ? '' : `HTTP ${facts.status}`].filter((part) => part !== '');
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

/** A cause without the SDK's text, headers and signed strings. */
function causeOf(facts: FailureFacts): Error {
  const known = [facts.name, facts.networkCode, facts.status].filter((fact) => fact !== null && fact !== '');
  return new Error(`S3 request failed: ${known.length === 0 ? 'no code' : known.join(', ')}`);
}

function regionName(value: unknown): string | null {
  const text = textOf(value);
  return text !== null && /^[a-z0-9-]{2,64}$/.test(text) ? text : null;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
