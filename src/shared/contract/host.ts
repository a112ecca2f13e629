/** The host, the settings of the desk, and how the window was arranged. */

import { z } from '../schema.ts';
import { type WindowLayout, windowLayoutSchema } from '../window-layout.ts';
import { nothing, ofSource, operation, sourceId } from './operation.ts';

export interface HostInfo {
  readonly kind: 'electron' | 'web';
  readonly version: string;
  readonly platform: string;
  /** true where `sources.chooseFolder` opens the system's own dialog. */
  readonly nativeDialogs: boolean;
  /** Why keys cannot be remembered in the system's own key store, as a sentence; null where they can. */
  readonly keyStoreObstacle: string | null;
}

export interface DeskSettings {
  /** IANA name, `UTC` or `local`. */
  readonly timeZone: string;
  readonly colorScheme: 'auto' | 'light' | 'dark';
  /** Keys of the metadata that a person wants counted beside the other fields, where a log has them. */
  readonly facetKeys: readonly string[];
  /** Names of the filter groups that are folded up. */
  readonly foldedFacets: readonly string[];
}

/** Operations of the host and of what it remembers for the window. */
export const hostOperations = {
  'host.info': operation(nothing).returns<HostInfo>(),
  'settings.get': operation(nothing).returns<DeskSettings>(),
  'settings.set': operation(
    z.strictObject({
      timeZone: z.string().min(1).max(64).optional(),
      colorScheme: z.enum(['auto', 'light', 'dark']).optional(),
      facetKeys: z.array(z.string().min(1).max(256)).max(32).readonly().optional(),
      foldedFacets: z.array(z.string().min(1).max(300)).max(64).readonly().optional(),
    }),
  ).returns<DeskSettings>(),
  /** How the window was arranged when this source was open last. */
  'layout.get': operation(ofSource).returns<WindowLayout>(),
  'layout.set': operation(z.strictObject({ sourceId, layout: windowLayoutSchema })).returns<null>(),
} as const;
