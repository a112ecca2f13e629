/**
 * A bare loop of GETs: the SDK's own client and as many callers as asked for, each fetching the next key until all are read,
 * or as many as asked for. Usage: bare-gets.ts ENDPOINT CONCURRENCY [LIMIT]. Prints `{ "seconds", "objects" }`; listing the keys is not counted.
 */
import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { NodeHttpHandler } from '@smithy/node-http-handler';

const [endpoint = '', callers = '', limit = 'Infinity'] = process.argv.slice(2);
const concurrency = Number(callers);
const client = new S3Client({
  endpoint,
  region: 'us-east-1',
  forcePathStyle: true,
  credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
  responseChecksumValidation: 'WHEN_REQUIRED',
  requestHandler: new NodeHttpHandler({ httpAgent: { keepAlive: true, maxSockets: concurrency } }),
});

const keys: string[] = [];
for await (const page of paginateListObjectsV2({ client }, { Bucket: 'bench', Prefix: 'audit/' })) {
  for (const { Key } of page.Contents ?? []) if (Key !== undefined) keys.push(Key);
}

keys.length = Math.min(keys.length, Number(limit));

let next = 0;
async function caller(): Promise<void> {
  for (let key = keys[next++]; key !== undefined; key = keys[next++]) {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: 'bench', Key: key }));
    await Body?.transformToByteArray();
  }
}

const start = performance.now();
await Promise.all(Array.from({ length: concurrency }, caller));
console.log(JSON.stringify({ seconds: (performance.now() - start) / 1000, objects: keys.length }));
client.destroy();
