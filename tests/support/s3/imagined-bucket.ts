/** Lets a proxy answer for a bucket by itself: a real server takes long over thousands of objects. */
import type { FaultyProxy, SeenRequest } from './faulty-proxy.ts';
import { objectOf } from './s3-entries.ts';

/** What an imagined bucket holds. */
export interface ImaginedBucketOptions {
  /** Keys of objects, each with an entry of its name in it. A deletion takes them out. */
  readonly keys: Set<string>;
  /** Keys of one page of a listing. Default 1,000, as S3 has it. */
  readonly pageKeys?: number;
  /** Code with which a deletion of this key is refused inside an answer of 200; null where it goes. */
  readonly refusalOf?: (key: string) => string | null;
}

/** Answers listings, GETs and DeleteObjects of the bucket that these options describe. Faults injected before come first. */
export function imagineBucket(proxy: FaultyProxy, options: ImaginedBucketOptions): void {
  const { keys, pageKeys = 1000, refusalOf = () => null } = options;
  const reply = (operation: SeenRequest['operation'], xml: (request: SeenRequest) => string) =>
    proxy.inject({ when: (request) => request.operation === operation, effect: { kind: 'reply', xml } });
  const nameOf = (key: string) => key.slice(key.lastIndexOf('/') + 1, -'.json'.length);
  reply('get', ({ key }) => objectOf(nameOf(key), '2026-03-01T10:00:00'));
  reply('list', ({ query }) => {
    const rest = [...keys].filter((key) => key > (query.get('continuation-token') ?? '')).sort();
    const page = rest.slice(0, pageKeys);
    const contents = page.map((key) => `<Contents><Key>${key}</Key><Size>9</Size><ETag>"x"</ETag></Contents>`).join('');
    const more = rest.length > pageKeys ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : '';
    return `<ListBucketResult><IsTruncated>${more !== ''}</IsTruncated>${more}${contents}</ListBucketResult>`;
  });
  reply('delete-many', ({ body }) => {
    const named = [...body.toString().matchAll(/<Key>([^<]*)<\/Key>/g)].map((match) => match[1] ?? '');
    const parts = named.map((key) => {
      const code = refusalOf(key);
      if (code !== null) return `<Error><Key>${key}</Key><Code>${code}</Code></Error>`;
      return keys.delete(key) ? `<Deleted><Key>${key}</Key></Deleted>` : '';
    });
    return `<DeleteResult>${parts.join('')}</DeleteResult>`;
  });
}

/** Keys in each DeleteObjects that came, in order. */
export function batchSizes(proxy: FaultyProxy): number[] {
  return proxy.requests
    .filter(({ operation }) => operation === 'delete-many')
    .map(({ body }) => body.toString().split('<Key>').length - 1);
}
