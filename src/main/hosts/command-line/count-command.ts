/** `audit-desk count`. */
import type { CommandContext, ExitCode } from './command-context.ts';
import { withCatalog } from './opened-source.ts';
import { reportUnreadable } from './unreadable-report.ts';

/** Prints how many entries can be read; as JSON also how many lines could not, and `incomplete` where not all of it was seen. */
export async function countCommand(
  context: CommandContext,
  source: string,
  options: { readonly json?: boolean },
): Promise<ExitCode> {
  return await withCatalog(context, source, async (catalog) => {
    const { coverage } = await catalog.status();
    const { entries, unreadable, state } = coverage;
    const counts = { entries, unreadable, ...(state === 'complete' ? {} : { incomplete: true }) };
    await context.stdout.write(options.json === true ? `${JSON.stringify(counts)}\n` : `${entries}\n`);
    return await reportUnreadable(context, catalog);
  });
}
