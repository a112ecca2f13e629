/**
 * zod as the product uses it: without code made at run time. zod probes `new Function`, which a strict content security policy
 * reports as a violation; this module must therefore be loaded before the first schema is made.
 */
import { z } from 'zod';

z.config({ jitless: true });

export { z };
