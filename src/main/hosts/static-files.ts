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
  for (const entry of await readFolder(folder)) {
    const contentType = CONTENT_TYPES[extname(entry.name)];
    if (!entry.isFile() || contentType === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    const url = path.slice(folder.length).replaceAll('\\', '/');
    const immutable = url.startsWith('/assets/');
    files.set(url === '/index.html' ? '/' : url, { contentType, immutable, read: async () => await readFile(path) });
  }
  if (!files.has('/')) throw notBuilt(folder);
  return files;
}

async function readFolder(folder: string) {
  try {
    return await readdir(folder, { recursive: true, withFileTypes: true });
  } catch (cause) {
    throw notBuilt(folder, cause);
  }
}

function notBuilt(folder: string, cause?: unknown): AuditError {
  const message = `The window is not built: ${folder} has no index.html. Run "npm run build".`;
  return new AuditError('io_error', message, { cause, details: { path: folder } });
}
