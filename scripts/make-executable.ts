/** Gives the built command line its mode: npx runs it as a file of its own. */
import { chmodSync } from 'node:fs';

chmodSync(new URL('../out/main/cli.js', import.meta.url), 0o755);
