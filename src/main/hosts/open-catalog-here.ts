/** How a host gets its catalog. */
import { AuditError } from '../../shared/errors.ts';
import type { Catalog } from '../catalog/catalog.ts';

/** Stands until the catalog's process lands. Fails with `catalog_unavailable`. */
export async function openCatalogHere(): Promise<Catalog> {
  throw new AuditError('catalog_unavailable', 'The index is not part of this build.');
}
