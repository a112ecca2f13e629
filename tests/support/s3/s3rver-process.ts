/**
 * Runs s3rver over a folder until its standard input ends, so that it goes with the test that started it, however that ended.
 * Prints the port. Needs `--openssl-legacy-provider`: s3rver seals its continuation tokens with an old cipher.
 */
import { createRequire } from 'node:module';

interface Listing {
  readonly objects: readonly { readonly key: string }[];
  readonly commonPrefixes: readonly string[];
  readonly isTruncated: boolean;
}

interface ListOptions {
  readonly delimiter?: string;
  readonly prefix?: string;
  readonly maxKeys?: number;
}

interface Store {
  listObjects(bucket: string, options: ListOptions): Promise<Listing>;
  deleteObject(bucket: string, key: string): Promise<void>;
}

interface S3rver {
  readonly store: Store;
  run(): Promise<{ readonly port: number }>;
}

/** s3rver 3.7.1 leaves out folders whose objects all lie more than one level below; S3 itself does not. */
function listWholeFolders(store: Store): void {
  const listFlat = store.listObjects.bind(store);
  store.listObjects = async (bucket, options) => {
    const { delimiter, prefix = '', ...rest } = options;
    if (!delimiter) return listFlat(bucket, options);
    const { objects } = await listFlat(bucket, { ...rest, prefix, maxKeys: Number.POSITIVE_INFINITY });
    const folderOf = (key: string) => {
      const end = key.indexOf(delimiter, prefix.length);
      return end === -1 ? null : key.slice(0, end + delimiter.length);
    };
    const folders = new Set(objects.flatMap(({ key }) => folderOf(key) ?? []));
    return {
      objects: objects.filter(({ key }) => folderOf(key) === null),
      commonPrefixes: [...folders],
      isTruncated: false,
    };
  };
}

/** Deletions side by side trip over each other when s3rver removes emptied folders, and answer 500. */
function deleteOneAfterAnother(store: Store): void {
  const deleteOne = store.deleteObject.bind(store);
  let last: Promise<unknown> = Promise.resolve();
  store.deleteObject = (bucket, key) => {
    const deletion = last.then(() => deleteOne(bucket, key));
    last = deletion.catch(() => undefined);
    return deletion;
  };
}

const Server = createRequire(import.meta.url)('s3rver') as new (options: object) => S3rver;
const directory = process.argv[2];
if (directory === undefined) throw new Error('usage: s3rver-process.ts FOLDER');

const server = new Server({ directory, address: '127.0.0.1', port: 0, silent: true, vhostBuckets: false });
listWholeFolders(server.store);
deleteOneAfterAnother(server.store);
const { port } = await server.run();
process.stdout.write(`${port}\n`);
process.stdin.resume().on('end', () => process.exit(0));
