/** Sources that were open before: kept in the data folder, without credentials. */
import { join } from 'node:path';
import { type RecentSource, type SourceLocation, sourceLocationSchema } from '../../shared/contract.ts';
import { z } from '../../shared/schema.ts';
import { JsonDocument } from './json-document.ts';

/** Starred ones stay; of the others this many, newest first. */
const KEPT_UNSTARRED = 20;

const recentSchema = z.array(
  z.object({
    location: sourceLocationSchema,
    name: z.string(),
    lastOpenedAtMs: z.number(),
    starred: z.boolean(),
  }),
);

/** Names a location as text; two locations are the same where their names are. */
export function locationKey(location: SourceLocation): string {
  if (location.kind === 'folder') return JSON.stringify(['folder', location.path]);
  const { bucket, prefix, region, endpoint, pathStyle, profile } = location;
  return JSON.stringify(['bucket', bucket, prefix, region, endpoint, pathStyle, profile]);
}

/** The list of recent sources. */
export class RecentSources {
  readonly #document: JsonDocument<RecentSource[]>;

  private constructor(document: JsonDocument<RecentSource[]>) {
    this.#document = document;
  }

  /** Reads the list of a data folder; a damaged one is set aside and an empty one takes its place. */
  static async open(dataFolder: string): Promise<RecentSources> {
    const path = join(dataFolder, 'recent-sources.json');
    return new RecentSources(await JsonDocument.open<RecentSource[]>({ path, schema: recentSchema, fallback: [] }));
  }

  /** Newest first. */
  list(): readonly RecentSource[] {
    return this.#document.value;
  }

  /** Puts a source first. */
  async remember(source: Omit<RecentSource, 'starred'>): Promise<void> {
    const key = locationKey(source.location);
    await this.#document.update((sources) => {
      const starred = sources.find((other) => locationKey(other.location) === key)?.starred ?? false;
      const others = sources.filter((other) => locationKey(other.location) !== key);
      return withinLimit([{ ...source, starred }, ...others]);
    });
  }

  /** Stars a source of the list, or takes its star away. One that is not in the list is left alone. */
  async star(location: SourceLocation, starred: boolean): Promise<void> {
    const key = locationKey(location);
    await this.#document.update((sources) =>
      withinLimit(sources.map((source) => (locationKey(source.location) === key ? { ...source, starred } : source))),
    );
  }

  /** Takes a source off the list. Its log is not touched. */
  async forget(location: SourceLocation): Promise<void> {
    const key = locationKey(location);
    await this.#document.update((sources) => sources.filter((source) => locationKey(source.location) !== key));
  }
}

function withinLimit(sources: readonly RecentSource[]): RecentSource[] {
  let unstarred = 0;
  return sources.filter((source) => source.starred || ++unstarred <= KEPT_UNSTARRED);
}
