/** How an S3 bucket, or one of an S3-compatible server, is reached. */

/** Credentials given outright instead of looked up in the default chain. */
export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface S3StorageOptions {
  readonly bucket: string;
  /** Keys begin with it; given one trailing slash when it is not empty. Default `audit/`. */
  readonly prefix?: string;
  /** Default: what the SDK's own chain finds, else us-east-1 with an endpoint. */
  readonly region?: string;
  /** URL of an S3-compatible server (MinIO, R2, Ceph); left out for AWS itself. */
  readonly endpoint?: string;
  /** `endpoint/bucket/key` instead of `bucket.endpoint/key`. Default: on with an endpoint, off without. */
  readonly pathStyle?: boolean;
  /** Left out: the SDK's default chain, or `profile`. */
  readonly credentials?: S3Credentials;
  /** A named profile of the shared AWS configuration. */
  readonly profile?: string;
  /** Requests under way at once. Default 32. */
  readonly concurrency?: number;
}
