/** What a person has set: kept in the data folder. */
import { join } from 'node:path';
import type { DeskHandlers, DeskSettings } from '../../shared/contract.ts';
import { z } from '../../shared/schema.ts';
import { AuditError } from '../audit/index.ts';
import { JsonDocument } from './json-document.ts';

const DEFAULTS: DeskSettings = {
  timeZone: 'UTC',
  colorScheme: 'auto',
  facetKeys: ['department'],
  foldedFacets: ['output_tokens', 'block_reason', 'conversation_id', 'input_kind', 'output_kind'],
};

/** What a later version added is missing in settings that an earlier one kept. */
const settingsSchema = z.object({
  timeZone: z.string().min(1).max(64).refine(isTimeZone),
  colorScheme: z.enum(['auto', 'light', 'dark']),
  facetKeys: z.array(z.string()).readonly().default(DEFAULTS.facetKeys),
  foldedFacets: z.array(z.string()).readonly().default(DEFAULTS.foldedFacets),
});

/** Opens the settings of a data folder; damaged ones are set aside and the defaults take their place. */
export function openSettings(dataFolder: string): Promise<JsonDocument<DeskSettings>> {
  return JsonDocument.open({ path: join(dataFolder, 'settings.json'), schema: settingsSchema, fallback: DEFAULTS });
}

/** `settings.*`: `invalid_argument` for a time zone that this system does not know. */
export function settingsHandlers(
  settings: JsonDocument<DeskSettings>,
): Pick<DeskHandlers, 'settings.get' | 'settings.set'> {
  return {
    'settings.get': async () => settings.value,
    'settings.set': async ({ timeZone, colorScheme, facetKeys, foldedFacets }) => {
      if (timeZone !== undefined && !isTimeZone(timeZone)) throw unknownZone(timeZone);
      return await settings.update((current) => ({
        timeZone: timeZone ?? current.timeZone,
        colorScheme: colorScheme ?? current.colorScheme,
        facetKeys: facetKeys ?? current.facetKeys,
        foldedFacets: foldedFacets ?? current.foldedFacets,
      }));
    },
  };
}

/** `invalid_argument` for what is not the IANA name of a time zone that this system knows. */
export function requireZoneName(timeZone: string): void {
  if (!isZoneName(timeZone)) throw unknownZone(timeZone);
}

function unknownZone(timeZone: string): AuditError {
  return new AuditError('invalid_argument', `${timeZone} is not a time zone that this system knows.`, {
    details: { timeZone },
  });
}

function isTimeZone(name: string): boolean {
  return name === 'local' || isZoneName(name);
}

function isZoneName(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
