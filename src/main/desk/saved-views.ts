/** Saved views of each source: kept in the data folder, exported and imported as text. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type DeskHandlers, type SourceLocation, sourceLocationSchema } from '../../shared/contract.ts';
import {
  printViews,
  type SavedView,
  savedViewSchema,
  VIEW_LIMITS,
  type ViewContent,
  viewsFileSchema,
} from '../../shared/saved-views.ts';
import { z } from '../../shared/schema.ts';
import { AuditError } from '../audit/index.ts';
import type { DeskEventHub } from './desk-events.ts';
import { JsonDocument } from './json-document.ts';
import type { OpenSources } from './open-sources.ts';
import { locationKey } from './recent-sources.ts';

/** Problems of an imported text that are told one by one. */
const PROBLEMS_TOLD = 20;

const documentSchema = z.array(
  z.strictObject({
    location: sourceLocationSchema,
    views: z.array(savedViewSchema).max(VIEW_LIMITS.views),
  }),
);
type ViewsDocument = z.infer<typeof documentSchema>;

type Views = readonly SavedView[];

/** The saved views of every source. */
export class SavedViews {
  readonly #document: JsonDocument<ViewsDocument>;

  private constructor(document: JsonDocument<ViewsDocument>) {
    this.#document = document;
  }

  /** Reads the views of a data folder; damaged ones are set aside and none take their place. */
  static async open(dataFolder: string): Promise<SavedViews> {
    const path = join(dataFolder, 'saved-views.json');
    return new SavedViews(await JsonDocument.open<ViewsDocument>({ path, schema: documentSchema, fallback: [] }));
  }

  /** Views of a source in the order a person gave them. */
  list(location: SourceLocation): Views {
    const key = locationKey(location);
    return this.#document.value.find((of) => locationKey(of.location) === key)?.views ?? [];
  }

  /** Changes the views of a source. `change` throws to leave them as they are. */
  async change(location: SourceLocation, change: (views: Views) => Views): Promise<Views> {
    const key = locationKey(location);
    await this.#document.update((all) => {
      const before = all.find((of) => locationKey(of.location) === key)?.views ?? [];
      const views = [...change(before)];
      const others = all.filter((of) => locationKey(of.location) !== key);
      return views.length === 0 ? others : [...others, { location, views }];
    });
    return this.list(location);
  }
}

type ViewOperation = Extract<keyof DeskHandlers, `views.${string}`>;

/**
 * `views.*`. `invalid_argument` where a name is taken, a view is not there any more, there are too many, or a text holds no views;
 * `source_not_open` where the source is closed.
 */
export function viewHandlers(
  saved: SavedViews,
  sources: OpenSources,
  events: DeskEventHub,
): Pick<DeskHandlers, ViewOperation> {
  const locationOf = (sourceId: string) => sources.get(sourceId).location;
  const change = async (sourceId: string, edit: (views: Views) => Views) => {
    const views = await saved.change(locationOf(sourceId), edit);
    events.emit('views.changed', { sourceId, views });
    return views;
  };
  return {
    'views.list': async ({ sourceId }) => saved.list(locationOf(sourceId)),
    'views.save': ({ sourceId, name, content, replace }) =>
      change(sourceId, (views) => withSaved(views, name, content, replace)),
    'views.rename': ({ sourceId, viewId, name }) => change(sourceId, (views) => renamed(views, viewId, name)),
    'views.delete': ({ sourceId, viewId }) =>
      change(sourceId, (views) => views.filter((view) => view.viewId !== viewId)),
    'views.move': ({ sourceId, viewId, toIndex }) => change(sourceId, (views) => moved(views, viewId, toIndex)),
    'views.export': async ({ sourceId }) => ({ text: printViews(saved.list(locationOf(sourceId))) }),
    'views.import': async ({ sourceId, text }) => {
      const incoming = readViews(text);
      const views = await change(sourceId, (before) => withImported(before, incoming));
      return { views, imported: incoming.length };
    },
  };
}

function sameName(first: string, second: string): boolean {
  return first.toLowerCase() === second.toLowerCase();
}

function requireFreeName(views: Views, name: string): void {
  if (!views.some((view) => sameName(view.name, name))) return;
  throw new AuditError('invalid_argument', `There is a view named “${name}” already. Choose another name.`, {
    details: { name },
  });
}

function requireRoom(views: Views, more: number): void {
  if (views.length + more <= VIEW_LIMITS.views) return;
  throw new AuditError(
    'invalid_argument',
    `A source can have ${VIEW_LIMITS.views} saved views. Delete some that are not needed any more.`,
    { details: { views: views.length, limit: VIEW_LIMITS.views } },
  );
}

function indexOfView(views: Views, viewId: string): number {
  const index = views.findIndex((view) => view.viewId === viewId);
  if (index !== -1) return index;
  throw new AuditError('invalid_argument', 'This view is not there any more; it was deleted meanwhile.');
}

function withSaved(views: Views, name: string, content: ViewContent, replace: boolean): Views {
  const known = views.find((view) => sameName(view.name, name));
  if (known !== undefined && replace) return views.map((view) => (view === known ? { ...view, name, content } : view));
  requireFreeName(views, name);
  requireRoom(views, 1);
  return [...views, { viewId: randomUUID(), name, content }];
}

function renamed(views: Views, viewId: string, name: string): Views {
  const index = indexOfView(views, viewId);
  requireFreeName(
    views.filter((_, other) => other !== index),
    name,
  );
  return views.map((view, other) => (other === index ? { ...view, name } : view));
}

function moved(views: Views, viewId: string, toIndex: number): Views {
  const from = indexOfView(views, viewId);
  const others = views.filter((_, index) => index !== from);
  return [...others.slice(0, toIndex), ...views.slice(from, from + 1), ...others.slice(toIndex)];
}

/** Adds views behind those that are there. A name that is taken gets a number: nothing is replaced by an import. */
function withImported(views: Views, incoming: readonly Pick<SavedView, 'name' | 'content'>[]): Views {
  requireRoom(views, incoming.length);
  const result = [...views];
  for (const { name, content } of incoming) {
    result.push({ viewId: randomUUID(), name: freeName(result, name), content });
  }
  return result;
}

function freeName(views: Views, name: string): string {
  for (let number = 1; ; number += 1) {
    const suffix = number === 1 ? '' : ` (${number})`;
    const candidate = `${name.slice(0, VIEW_LIMITS.nameLength - suffix.length)}${suffix}`;
    if (!views.some((view) => sameName(view.name, candidate))) return candidate;
  }
}

/** Reads exported views. `invalid_argument` tells what is wrong and where. */
function readViews(text: string): readonly Pick<SavedView, 'name' | 'content'>[] {
  const parsed = viewsFileSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data.views;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the text'}: ${message}`);
  throw new AuditError(
    'invalid_argument',
    `These are not views that Audit Desk exported: ${problems[0] ?? ''}. Nothing was imported.`,
    { details: { problems: problems.slice(0, PROBLEMS_TOLD) } },
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    // Only the place is told: the parser's own words quote what was pasted.
    const place = /line \d+ column \d+/.exec(cause instanceof Error ? cause.message : '')?.[0];
    const where = place === undefined ? '' : ` (it breaks off at ${place})`;
    throw new AuditError('invalid_argument', `The text is no JSON${where}. Nothing was imported.`, { cause });
  }
}
