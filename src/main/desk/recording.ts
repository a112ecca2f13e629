/** Records an interaction in the open source, as a program would through the library. */
import type { DeskHandlers } from '../../shared/contract.ts';
import { AuditLogger } from '../audit/index.ts';
import type { KeyRing } from './key-ring.ts';
import type { OpenSources } from './open-sources.ts';

/** `entries.record`. `no_key` where the named key is not held; `unencodable_text`; what the storage answers. */
export function recordingHandlers(sources: OpenSources, ring: KeyRing): Pick<DeskHandlers, 'entries.record'> {
  return {
    'entries.record': async ({ sourceId, interaction, content }) => {
      const { storage, catalog } = sources.get(sourceId);
      const logger = new AuditLogger({
        storage,
        storeContent: content.store !== 'hash_only',
        ...(content.store === 'encrypted' ? { encryption: ring.managerOf(content.fingerprint) } : {}),
      });
      const id = await logger.log(interaction);
      // The entry is safe by now: a failed look at the log must not make a person record it twice.
      await Promise.allSettled([catalog.refresh()]);
      return { id };
    },
  };
}
