/** Views of a source that are kept under a name. */

import { type SavedView, viewContentSchema, viewNameSchema } from '../saved-views.ts';
import { z } from '../schema.ts';
import { ofSource, operation, sourceId } from './operation.ts';

const viewId = z.string().min(1).max(64);

/** Operations on saved views. */
export const viewOperations = {
  /** Saved views of the open source, in the order a person gave them. */
  'views.list': operation(ofSource).returns<readonly SavedView[]>(),
  /** Keeps a view under a name. `invalid_argument` where the name is taken, unless `replace` says that it is meant. */
  'views.save': operation(
    z.strictObject({ sourceId, name: viewNameSchema, content: viewContentSchema, replace: z.boolean() }),
  ).returns<readonly SavedView[]>(),
  'views.rename': operation(z.strictObject({ sourceId, viewId, name: viewNameSchema })).returns<readonly SavedView[]>(),
  'views.delete': operation(z.strictObject({ sourceId, viewId })).returns<readonly SavedView[]>(),
  /** Puts a view at a place among the others, counted from 0. */
  'views.move': operation(z.strictObject({ sourceId, viewId, toIndex: z.number().int().min(0).max(1000) })).returns<
    readonly SavedView[]
  >(),
  /** Every view of the source as JSON text. */
  'views.export': operation(ofSource).returns<{ readonly text: string }>(),
  /** Adds views from such a text behind those that are there. All or none; a taken name gets a number. */
  'views.import': operation(z.strictObject({ sourceId, text: z.string().min(1).max(4_000_000) })).returns<{
    readonly views: readonly SavedView[];
    readonly imported: number;
  }>(),
} as const;
