/** Opens the SOURCE of a command for as long as the command runs. */
import { join } from 'node:path';
import type { SourceLocation } from '../../../shared/contract.ts';
import type { Catalog } from '../../catalog/catalog.ts';
import { catalogSource, type DeskStorage, requireFolder, storageOf } from '../../desk/source-storage.ts';
import { parseSourceArgument } from '../source-argument.ts';
import type { CommandContext } from './command-context.ts';

/** Runs `work` over the storage of a SOURCE that must be there, and lets go of it. */
export async function withStorage<Result>(
  context: CommandContext,
  sourceText: string,
  work: (storage: DeskStorage, location: SourceLocation) => Promise<Result>,
): Promise<Result> {
  const location = parseSourceArgument(sourceText, context.currentFolder);
  if (location.kind === 'folder') await requireFolder(location.path);
  return await withStorageAt(location, work);
}

/** Runs `work` over the storage of a location, and lets go of it. */
export async function withStorageAt<Result>(
  location: SourceLocation,
  work: (storage: DeskStorage, location: SourceLocation) => Promise<Result>,
): Promise<Result> {
  const storage = storageOf(location, null);
  try {
    return await work(storage, location);
  } finally {
    await storage.close();
  }
}

/** Runs `work` over the storage and the catalog of a SOURCE, once everything is read. DuckDB is loaded only here. */
export async function withCatalog<Result>(
  context: CommandContext,
  sourceText: string,
  work: (catalog: Catalog, storage: DeskStorage, location: SourceLocation) => Promise<Result>,
): Promise<Result> {
  return await withStorage(context, sourceText, async (storage, location) => {
    const { openCatalog } = await import('../../catalog/open-catalog.ts');
    const catalog = await openCatalog({
      source: catalogSource(location, null),
      cacheFolder: join(context.dataFolder(), 'catalogs'),
    });
    try {
      await catalog.complete();
      return await work(catalog, storage, location);
    } finally {
      await catalog.close();
    }
  });
}
