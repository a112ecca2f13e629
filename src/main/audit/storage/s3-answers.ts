/** Reads what an S3 server answers. All functions are pure. */
import { createHash } from 'node:crypto';
import type { ListObjectsV2CommandOutput } from '@aws-sdk/client-s3';
import { AuditError } from '../../../shared/errors.ts';

/** An object as a listing tells it. */
export interface S3ObjectInfo {
  readonly key: string;
  /** Bytes. */
  readonly size: number;
  /** Changes whenever the object does; without quotation marks. Empty where the server tells none. */
  readonly etag: string;
  readonly lastModifiedMs: number;
}

/** One page of a listing. `folders` end with a slash and are filled only with a delimiter. */
export interface S3ListPage {
  readonly objects: readonly S3ObjectInfo[];
  readonly folders: readonly string[];
}

/** A page of ListObjectsV2 with its keys decoded. */
export function toPage(answer: ListObjectsV2CommandOutput): S3ListPage {
  const decode = answer.EncodingType === 'url' ? decodeUrl : (text: string) => text;
  return {
    objects: (answer.Contents ?? []).flatMap(({ Key, Size, ETag, LastModified }) =>
      Key === undefined
        ? []
        : [{ key: decode(Key), size: Size ?? 0, etag: bareEtag(ETag), lastModifiedMs: LastModified?.getTime() ?? 0 }],
    ),
    folders: (answer.CommonPrefixes ?? []).flatMap(({ Prefix }) => (Prefix === undefined ? [] : [decode(Prefix)])),
  };
}

/** S3 writes a space as a plus sign in url-encoded keys. */
function decodeUrl(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** An ETag without quotation marks; empty where there is none. */
export function bareEtag(etag: string | undefined): string {
  return (etag ?? '').replace(/^(?:W\/)?"?|"$/g, '');
}

/** Under KMS and customer keys an ETag looks like an MD5 and is none. */
export function isEncrypted(answer: {
  readonly ServerSideEncryption?: string | undefined;
  readonly SSECustomerAlgorithm?: string | undefined;
}): boolean {
  return answer.ServerSideEncryption?.startsWith('aws:kms') === true || answer.SSECustomerAlgorithm !== undefined;
}

/** MD5 as an ETag carries it. */
export function md5Hex(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}

/** True where the server does not know the request or one of its conditions. */
export function isNotImplemented(error: unknown): boolean {
  const { name, $metadata } = error as { name?: unknown; $metadata?: { httpStatusCode?: unknown } };
  return (
    name === 'NotImplemented' ||
    name === 'MethodNotAllowed' ||
    $metadata?.httpStatusCode === 501 ||
    $metadata?.httpStatusCode === 405
  );
}

/** The failure of a request that the server does not know. */
export function notSupported(what: string): AuditError {
  return new AuditError('not_supported_here', `This server does not know ${what}.`);
}
