/** A real S3 server over HTTP (s3rver, in a process of its own) with an empty folder behind it. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { S3Credentials, S3StorageOptions } from '../../../src/main/audit/storage/s3-storage-options.ts';

const START_TIMEOUT_MS = 20_000;

/** What s3rver takes as its one account. */
export const TEST_CREDENTIALS: S3Credentials = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' };

export interface S3TestServer {
  /** `http://127.0.0.1:PORT` */
  readonly endpoint: string;
  /** A plain SDK client of this server, for what a test looks at behind the product's back. */
  readonly client: S3Client;
  /** Options of the product for a bucket of this server. */
  options(bucket: string, prefix?: string): S3StorageOptions;
  createBucket(bucket: string): Promise<void>;
  putObject(bucket: string, key: string, body: string | Uint8Array): Promise<void>;
  /** Uploads every file below a folder under its relative path, after the prefix. Answers the keys. */
  uploadFolder(bucket: string, folder: string, prefix?: string): Promise<string[]>;
  /** Every key of the bucket, in order. */
  keys(bucket: string): Promise<string[]>;
  /** Ends the process and removes its folder. May be called twice. */
  stop(): Promise<void>;
}

/** Starts a server and waits until it listens. */
export async function startS3Server(): Promise<S3TestServer> {
  const directory = await mkdtemp(join(tmpdir(), 'audit-desk-s3-'));
  const child = spawn(
    process.execPath,
    ['--openssl-legacy-provider', '--no-warnings', join(import.meta.dirname, 's3rver-process.ts'), directory],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const exited = once(child, 'exit');
  const stop = async () => {
    child.stdin.end();
    child.kill('SIGKILL');
    await exited;
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const port = await firstLine(child.stdout, exited);
    return serverAt(`http://127.0.0.1:${port}`, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function firstLine(stream: NodeJS.ReadableStream, exited: Promise<unknown>): Promise<string> {
  const timeout = AbortSignal.timeout(START_TIMEOUT_MS);
  const line = once(stream, 'data', { signal: timeout }).then(([chunk]) => String(chunk).trim());
  const died = exited.then(() => Promise.reject(new Error('s3rver ended before it listened')));
  return await Promise.race([line, died]);
}

function serverAt(endpoint: string, end: () => Promise<void>): S3TestServer {
  const client = new S3Client({
    endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { ...TEST_CREDENTIALS },
    requestChecksumCalculation: 'WHEN_REQUIRED',
  });
  const putObject: S3TestServer['putObject'] = async (bucket, key, body) => {
    const bytes = Buffer.from(body);
    await client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: bytes,
        ContentLength: bytes.length,
        ContentType: 'application/json',
      }),
    );
  };
  let ended: Promise<void> | null = null;
  return {
    endpoint,
    client,
    options: (bucket, prefix) => ({
      bucket,
      endpoint,
      region: 'us-east-1',
      credentials: TEST_CREDENTIALS,
      ...(prefix === undefined ? {} : { prefix }),
    }),
    createBucket: async (bucket) => {
      await client.send(new CreateBucketCommand({ Bucket: bucket }));
    },
    putObject,
    uploadFolder: async (bucket, folder, prefix = '') => {
      const files = await readdir(folder, { recursive: true, withFileTypes: true });
      const paths = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
      const keys: string[] = [];
      for (const path of paths.sort()) {
        const key = prefix + relative(folder, path).split(sep).join('/');
        await putObject(bucket, key, await readFile(path));
        keys.push(key);
      }
      return keys;
    },
    keys: (bucket) => listKeys(client, bucket),
    stop: () => {
      client.destroy();
      ended ??= end();
      return ended;
    },
  };
}

async function listKeys(client: S3Client, bucket: string): Promise<string[]> {
  const keys: string[] = [];
  let token: string | undefined;
  do {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket: bucket, ...(token === undefined ? {} : { ContinuationToken: token }) }),
    );
    keys.push(...(page.Contents ?? []).flatMap(({ Key }) => (Key === undefined ? [] : [Key])));
    token = page.NextContinuationToken;
  } while (token !== undefined);
  return keys;
}
