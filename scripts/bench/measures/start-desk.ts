/** How soon the desk can be used. */
import type { BenchContext } from '../bench-context.ts';
import { startDesk } from '../desk/desk-process.ts';
import { DeskWindow } from '../desk/desk-window.ts';
import { type Measure, median, type Result } from '../measure.ts';

const ROUNDS = 7;

/** From the start of `audit-desk serve` to a start screen that takes clicks, in a Chromium that runs already. */
export const startToUsable: Measure = { name: 'start', grows: 'once', run };

async function run(context: BenchContext): Promise<readonly Result[]> {
  const browser = await context.browser();
  const rounds: { readonly usable: number; readonly link: number }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const dataFolder = await context.newFolder('start');
    const start = performance.now();
    const desk = await startDesk(dataFolder);
    const window = await DeskWindow.open(browser, desk.link);
    await window.waitForStartScreen();
    rounds.push({ usable: (performance.now() - start) / 1000, link: desk.startS });
    await window.close();
    await desk.end();
    await context.removeFolder(dataFolder);
  }
  return [
    {
      name: 'start to usable window (web host, Chromium already running)',
      value: median(rounds.map(({ usable }) => usable)),
      unit: 's',
      better: 'lower',
      must: 1.5,
      aim: 0.8,
      beside: `${median(rounds.map(({ link }) => link)).toFixed(2)} s of it until the link is printed; a new profile each time; median of ${ROUNDS}`,
    },
  ];
}
