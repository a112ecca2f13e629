/**
 * Runs s3rver over a folder until its standard input ends, so that it goes with the test that started it, however that ended.
 * Prints the port. Needs `--openssl-legacy-provider`: s3rver seals its continuation tokens with an old cipher.
 */
import { createRequire } from 'node:module';

interface S3rver {
  run(): Promise<{ readonly port: number }>;
}

const Server = createRequire(import.meta.url)('s3rver') as new (options: object) => S3rver;
const directory = process.argv[2];
if (directory === undefined) throw new Error('usage: s3rver-process.ts FOLDER');

const server = new Server({ directory, address: '127.0.0.1', port: 0, silent: true, vhostBuckets: false });
const { port } = await server.run();
process.stdout.write(`${port}\n`);
process.stdin.resume().on('end', () => process.exit(0));
