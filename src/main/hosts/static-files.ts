/** The built window's files: a closed list, made once at the start. A path that is not on it does not exist. */
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { AuditError } from '../../shared/errors.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

export interface StaticFile {
  readonly contentType: string;
  /** true where the name carries a hash of the content, so that the content never changes under it. */
  readonly immutable: boolean;
  read(): Promise<Uint8Array<ArrayBuffer>>;
}

/** Files by the path of their URL, `/` for the window itself. */
export type StaticFiles = ReadonlyMap<string, StaticFile>;

/** Lists the files of a built window. Source maps and kinds that are not known stay out. Fails with `io_error`. */
export async function listStaticFiles(folder: string): Promise<StaticFiles> {
  const files = new Map<string, StaticFile>();
  for (const path of await filesBelow(folder)) {
    const contentType = CONTENT_TYPES[extname(path)];
    if (contentType === undefined) continue;
    const url = path.slice(folder.length).replaceAll('\\', '/');
    const immutable = url.startsWith('/assets/');
    files.set(url === '/index.html' ? '/' : url, { contentType, immutable, read: async () => await readFile(path) });
  }
  if (!files.has('/')) throw notBuilt(folder);
  return files;
}

/** Paths of the files below a folder. Folder by folder: in a packaged application it lies in an archive, which knows no more. */
async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw notBuilt(folder, cause);
  });
  const below = entries.map(async (entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return await filesBelow(path);
    return entry.isFile() ? [path] : [];
  });
  return (await Promise.all(below)).flat();
}

function notBuilt(folder: string, cause?: unknown): AuditError {
  const message = `The window is not built: ${folder} has no index.html. Run "npm run build".`;
  return new AuditError('io_error', message, { cause, details: { path: folder } });
}
