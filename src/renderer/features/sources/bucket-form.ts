/** The bucket dialog's fields, and what they mean. */
import type { SourceLocation, TypedCredentials } from '../../../shared/contract.ts';
import { sourceLocationSchema, typedCredentialsSchema } from '../../../shared/contract.ts';

/** Where credentials come from. */
export type CredentialSource = 'default' | 'profile' | 'typed';

/** The fields as they are typed. */
export interface BucketFields {
  readonly bucket: string;
  readonly prefix: string;
  readonly region: string;
  readonly endpoint: string;
  readonly pathStyle: boolean;
  readonly credentials: CredentialSource;
  readonly profile: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** Fields of a dialog that was just opened; the prefix is the one the Python original writes under. */
export const EMPTY_BUCKET_FIELDS: BucketFields = {
  bucket: '',
  prefix: 'audit/',
  region: '',
  endpoint: '',
  pathStyle: false,
  credentials: 'default',
  profile: '',
  accessKeyId: '',
  secretAccessKey: '',
  sessionToken: '',
};

/** Sentences by field, for fields that cannot stay as they are. */
export type FieldProblems = Partial<Record<keyof BucketFields, string>>;

/** What the fields mean, or what is wrong with them. */
export type BucketRequest =
  | { readonly ok: true; readonly location: SourceLocation; readonly credentials: TypedCredentials | null }
  | { readonly ok: false; readonly problems: FieldProblems };

function textOrNull(text: string): string | null {
  return text.trim() === '' ? null : text.trim();
}

function missing(fields: BucketFields): FieldProblems {
  const problems: Partial<Record<keyof BucketFields, string>> = {};
  if (textOrNull(fields.bucket) === null) problems.bucket = 'Name the bucket.';
  if (fields.credentials === 'profile' && textOrNull(fields.profile) === null) problems.profile = 'Name the profile.';
  if (fields.credentials !== 'typed') return problems;
  if (textOrNull(fields.accessKeyId) === null) problems.accessKeyId = 'Enter the access key id.';
  if (fields.secretAccessKey === '') problems.secretAccessKey = 'Enter the secret access key.';
  return problems;
}

/** Reads the fields. */
export function readBucketFields(fields: BucketFields): BucketRequest {
  const problems = missing(fields);
  if (Object.keys(problems).length > 0) return { ok: false, problems };
  const location = sourceLocationSchema.safeParse({
    kind: 'bucket',
    bucket: fields.bucket.trim(),
    prefix: fields.prefix.trim(),
    region: textOrNull(fields.region),
    endpoint: textOrNull(fields.endpoint),
    pathStyle: fields.pathStyle,
    profile: fields.credentials === 'profile' ? textOrNull(fields.profile) : null,
  });
  if (!location.success) {
    const field = location.error.issues[0]?.path[0];
    if (field === 'endpoint') {
      return {
        ok: false,
        problems: { endpoint: 'Write an address with http:// or https://, such as https://minio.example:9000' },
      };
    }
    const known = field === 'prefix' || field === 'region' || field === 'profile' ? field : 'bucket';
    return { ok: false, problems: { [known]: 'This is too long.' } };
  }
  if (fields.credentials !== 'typed') return { ok: true, location: location.data, credentials: null };
  const credentials = typedCredentialsSchema.safeParse({
    accessKeyId: fields.accessKeyId.trim(),
    secretAccessKey: fields.secretAccessKey,
    sessionToken: textOrNull(fields.sessionToken),
  });
  if (!credentials.success) return { ok: false, problems: { secretAccessKey: 'These credentials are too long.' } };
  return { ok: true, location: location.data, credentials: credentials.data };
}
