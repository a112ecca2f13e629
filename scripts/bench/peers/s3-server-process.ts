/**
 * A bucket in memory behind the little of S3 that reading needs (ListObjectsV2 with pages, prefix and delimiter; GET; HEAD; ETags),
 * so that not the server but its clients are measured. One object an entry, as the library's S3Storage stores them.
 *
 * Runs by fork: `s3-server-process.ts FOLDER OBJECTS` takes the first entries of a folder of logs, sends `{ port }`, and answers the
 * message `counts` with how often each kind of request came.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { S3Counts } from './s3-server.ts';

interface StoredObject {
  readonly key: string;
  readonly body: Buffer;
  readonly etag: string;
}

const PAGE = 1000;
const MODIFIED = new Date('2026-06-30T12:00:00Z');
const [folder = '', wanted = ''] = process.argv.slice(2);
const objects = await readObjects(folder, Number(wanted));
const byKey = new Map(objects.map((object) => [object.key, object]));
const counts = { lists: 0, gets: 0, heads: 0, others: 0 };

async function readObjects(from: string, limit: number): Promise<readonly StoredObject[]> {
  const found: StoredObject[] = [];
  const names = (await readdir(from)).filter((name) => name.endsWith('.jsonl')).sort();
  for (const name of names) {
    for (const line of (await readFile(join(from, name), 'utf8')).split('\n')) {
      if (line === '' || found.length >= limit) continue;
      const { id, timestamp } = JSON.parse(line) as { id: string; timestamp: string };
      const body = Buffer.from(line);
      const etag = `"${createHash('md5').update(body).digest('hex')}"`;
      found.push({ key: `audit/${timestamp.slice(0, 10)}/${id}.json`, body, etag });
    }
  }
  // Keys are ASCII: their order as text is their order as bytes.
  return found.sort((a, b) => (a.key < b.key ? -1 : 1));
}

function answer(request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const key = decodeURIComponent(url.pathname.split('/').slice(2).join('/'));
  if (request.method === 'GET' && key === '') {
    counts.lists += 1;
    return sendXml(response, 200, listing(url.searchParams));
  }
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    counts.others += 1;
    return sendXml(response, 501, '<Error><Code>NotImplemented</Code></Error>');
  }
  counts[request.method === 'GET' ? 'gets' : 'heads'] += 1;
  const object = byKey.get(key);
  if (object === undefined) return sendXml(response, 404, '<Error><Code>NoSuchKey</Code></Error>');
  response.writeHead(200, {
    'Content-Type': 'application/json',
    'Content-Length': object.body.length,
    ETag: object.etag,
    'Last-Modified': MODIFIED.toUTCString(),
  });
  response.end(request.method === 'HEAD' ? undefined : object.body);
}

function listing(query: URLSearchParams): string {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter');
  const after = query.get('continuation-token') ?? query.get('start-after') ?? '';
  const limit = Math.min(PAGE, Number(query.get('max-keys') ?? PAGE));
  const parts: string[] = [];
  let last = '';
  let truncated = false;
  for (let i = firstAfter(after); i < objects.length; i += 1) {
    const object = objects[i];
    if (object === undefined || !object.key.startsWith(prefix)) continue;
    const end = delimiter ? object.key.indexOf(delimiter, prefix.length) : -1;
    const folder = end < 0 ? null : object.key.slice(0, end + 1);
    if (folder !== null && (after.startsWith(folder) || last.startsWith(folder))) continue;
    if (parts.length === limit) {
      truncated = true;
      break;
    }
    // A token is the last key that was told; for a folder, the folder.
    last = folder ?? object.key;
    parts.push(folder === null ? contents(object) : `<CommonPrefixes><Prefix>${folder}</Prefix></CommonPrefixes>`);
  }
  const next = truncated ? `<NextContinuationToken>${last}</NextContinuationToken>` : '';
  return `<ListBucketResult><Name>bench</Name><Prefix>${prefix}</Prefix><KeyCount>${parts.length}</KeyCount><MaxKeys>${limit}</MaxKeys><IsTruncated>${truncated}</IsTruncated>${next}${parts.join('')}</ListBucketResult>`;
}

function firstAfter(after: string): number {
  let [low, high] = [0, objects.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((objects[middle]?.key ?? '') <= after) low = middle + 1;
    else high = middle;
  }
  return low;
}

function contents({ key, body, etag }: StoredObject): string {
  return `<Contents><Key>${key}</Key><LastModified>${MODIFIED.toISOString()}</LastModified><ETag>${etag.replaceAll('"', '&quot;')}</ETag><Size>${body.length}</Size><StorageClass>STANDARD</StorageClass></Contents>`;
}

function sendXml(response: ServerResponse, status: number, xml: string): void {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n${xml}`;
  response
    .writeHead(status, { 'Content-Type': 'application/xml', 'Content-Length': Buffer.byteLength(body) })
    .end(body);
}

const server = createServer({ keepAliveTimeout: 60_000 }, answer);
server.listen(0, '127.0.0.1', () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on('message', () => process.send?.({ ...counts } satisfies S3Counts));
process.on('disconnect', () => process.exit(0));
