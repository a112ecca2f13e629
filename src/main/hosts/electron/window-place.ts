/** Remembers where the window was and how large. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserWindow, Rectangle } from 'electron';
import { z } from '../../../shared/schema.ts';

const placeSchema = z.object({
  x: z.number().int().nullable(),
  y: z.number().int().nullable(),
  width: z.number().int().min(400).max(20_000),
  height: z.number().int().min(300).max(20_000),
  maximized: z.boolean(),
});
export type WindowPlace = z.infer<typeof placeSchema>;

/** Where a first window goes: the system chooses the place. */
export const FIRST_PLACE: WindowPlace = { x: null, y: null, width: 1280, height: 820, maximized: false };

const fileIn = (dataFolder: string) => join(dataFolder, 'window.json');

/** The remembered place, if it still lies on a screen; else {@link FIRST_PLACE}. Never fails: a window without memory is one. */
export function recallWindowPlace(dataFolder: string, screens: readonly Rectangle[]): WindowPlace {
  try {
    const place = placeSchema.parse(JSON.parse(readFileSync(fileIn(dataFolder), 'utf8')));
    return screens.some((screen) => reaches(place, screen)) ? place : { ...place, x: null, y: null };
  } catch {
    return FIRST_PLACE;
  }
}

/** Keeps the place of a window that is about to close. Never fails. */
export function rememberWindowPlace(dataFolder: string, window: BrowserWindow): void {
  const place: WindowPlace = { ...window.getNormalBounds(), maximized: window.isMaximized() };
  const temporary = `${fileIn(dataFolder)}.${process.pid}`;
  try {
    writeFileSync(temporary, JSON.stringify(place), { mode: 0o600 });
    renameSync(temporary, fileIn(dataFolder));
  } catch {
    // The place of a window is not worth a dialog while it closes.
  }
}

/** True where enough of the title bar lies on the screen to be taken hold of. */
function reaches(place: WindowPlace, screen: Rectangle): boolean {
  if (place.x === null || place.y === null) return false;
  const visibleWidth = Math.min(place.x + place.width, screen.x + screen.width) - Math.max(place.x, screen.x);
  return visibleWidth >= 100 && place.y >= screen.y && place.y < screen.y + screen.height - 50;
}
