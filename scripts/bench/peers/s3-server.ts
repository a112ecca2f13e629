/** Runs the bucket in memory in a process of its own. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** How often each kind of request came. */
export interface S3Counts {
  readonly lists: number;
  readonly gets: number;
  readonly heads: number;
  readonly others: number;
}

export interface BenchBucket {
  readonly endpoint: string;
  readonly bucket: 'bench';
  readonly prefix: 'audit/';
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  counts(): Promise<S3Counts>;
  close(): Promise<void>;
}

/** Starts a bucket that holds the first entries of a folder of logs, one object an entry. */
export async function startBucket(logFolder: string, objects: number): Promise<BenchBucket> {
  const path = fileURLToPath(new URL('s3-server-process.ts', import.meta.url));
  const child = fork(path, [logFolder, `${objects}`], { execArgv: [] });
  const ended = once(child, 'exit');
  const started = once(child, 'message') as Promise<[{ readonly port: number }]>;
  const first = await Promise.race([started, ended.then(() => null)]);
  if (first === null) throw new Error('The bucket in memory did not start.');
  return {
    endpoint: `http://127.0.0.1:${first[0].port}`,
    bucket: 'bench',
    prefix: 'audit/',
    credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
    async counts() {
      const reply = once(child, 'message') as Promise<[S3Counts]>;
      child.send('counts');
      return (await reply)[0];
    },
    async close() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}
