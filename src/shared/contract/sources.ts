/** Where logs are, and how they are opened, remembered, read again and closed. */

import type { Coverage } from '../coverage.ts';
import { z } from '../schema.ts';
import { nothing, ofSource, operation, path } from './operation.ts';

/** How a server with buckets is reached. */
const reachFields = {
  region: z.string().max(64).nullable(),
  /** URL of an S3-compatible server; null for AWS itself. */
  endpoint: z
    .url({ protocol: /^https?$/ })
    .max(1024)
    .nullable(),
  /** true: `endpoint/bucket/key`; false: `bucket.endpoint/key`. */
  pathStyle: z.boolean(),
  /** A named profile of the AWS configuration; null for the default chain. */
  profile: z.string().max(255).nullable(),
};

const bucketReachSchema = z.strictObject(reachFields);

const bucketFields = {
  bucket: z.string().min(1).max(255),
  /** Keys begin with it; given one trailing slash when it is not empty. */
  prefix: z.string().max(900),
};

/** Where a log is. Credentials never are part of a location, so a location may be remembered and shown. */
export const sourceLocationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('folder'), path }),
  z.strictObject({
    kind: z.literal('bucket'),
    ...bucketFields,
    ...reachFields,
  }),
]);
export type SourceLocation = z.infer<typeof sourceLocationSchema>;

/** Credentials typed by a person. Kept in memory for the run, never stored, never sent back. */
export const typedCredentialsSchema = z.strictObject({
  accessKeyId: z.string().min(1).max(256),
  secretAccessKey: z.string().min(1).max(1024),
  sessionToken: z.string().max(8192).nullable(),
});
export type TypedCredentials = z.infer<typeof typedCredentialsSchema>;

/** A source that was open before, newest first. */
export interface RecentSource {
  readonly location: SourceLocation;
  readonly name: string;
  readonly lastOpenedAtMs: number;
  readonly starred: boolean;
}

/** A source that is open now. */
export interface OpenSource {
  readonly sourceId: string;
  readonly name: string;
  readonly location: SourceLocation;
  readonly coverage: Coverage;
  /** true for the sample log that the desk made itself. */
  readonly sample: boolean;
}

export interface FolderListing {
  readonly path: string;
  readonly parent: string | null;
  readonly folders: readonly { readonly name: string; readonly path: string; readonly logFiles: number | null }[];
  /** Log files in this folder itself. */
  readonly logFiles: number;
}

/** Operations on sources and on the places where they may lie. */
export const sourceOperations = {
  'sources.recent': operation(nothing).returns<readonly RecentSource[]>(),
  'sources.star': operation(z.strictObject({ location: sourceLocationSchema, starred: z.boolean() })).returns<null>(),
  'sources.forget': operation(z.strictObject({ location: sourceLocationSchema })).returns<null>(),
  /** The system's folder dialog; null when it was dismissed. `not_supported_here` where there is none. */
  'sources.chooseFolder': operation(nothing).returns<string | null>(),
  /** Folders on the host's side, for hosts without a dialog. null begins at the home folder. */
  'sources.browseFolders': operation(z.strictObject({ path: path.nullable() })).returns<FolderListing>(),
  'sources.open': operation(
    z.strictObject({ location: sourceLocationSchema, credentials: typedCredentialsSchema.nullable() }),
  ).returns<OpenSource>(),
  /** Lists the bucket with at most one key, and says by code what stands in the way. Opens nothing. */
  'sources.testBucket': operation(
    z.strictObject({ location: sourceLocationSchema, credentials: typedCredentialsSchema.nullable() }),
  ).returns<{ readonly objectsSeen: number }>(),
  /** Names of the buckets that may be listed: what is offered while one is typed. Opens nothing. */
  'buckets.list': operation(
    z.strictObject({ reach: bucketReachSchema, credentials: typedCredentialsSchema.nullable() }),
  ).returns<readonly string[]>(),
  /** Prefixes one level below the last slash of `prefix`. Opens nothing. */
  'buckets.prefixes': operation(
    z.strictObject({
      reach: bucketReachSchema,
      bucket: bucketFields.bucket,
      prefix: bucketFields.prefix,
      credentials: typedCredentialsSchema.nullable(),
    }),
  ).returns<readonly string[]>(),
  /** Writes the sample log once and opens it. */
  'sources.openSample': operation(nothing).returns<OpenSource>(),
  /** Sources that are open in this run, for a window that is reloaded, and the one asked for on the command line. */
  'sources.current': operation(nothing).returns<OpenSource | null>(),
  'sources.close': operation(ofSource).returns<null>(),
  /** Looks at the source again and reads what is new. Answers when reading has begun. */
  'sources.refresh': operation(ofSource).returns<Coverage>(),
  'sources.stopReading': operation(ofSource).returns<Coverage>(),
} as const;
