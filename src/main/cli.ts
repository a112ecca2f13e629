#!/usr/bin/env node
/** Entry point of the command line: composes its commands with the two ways to open a desk. */
import type { CommandContext } from './hosts/command-line/command-context.ts';
import { runCommandLine } from './hosts/command-line/program.ts';
import { TextOutput } from './hosts/command-line/text-output.ts';
import { openDataFolder } from './hosts/data-folder.ts';

// On Node 20 the AWS SDK writes seven lines about its own future to stderr; its version is pinned here, and they help nobody.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';

const context: CommandContext = {
  stdin: process.stdin,
  stdout: new TextOutput(process.stdout),
  stderr: new TextOutput(process.stderr),
  currentFolder: process.cwd(),
  dataFolder: openDataFolder,
  now: Date.now,
};

process.exitCode = await runCommandLine(process.argv.slice(2), context, {
  open: async (source) => {
    const { openApp } = await import('./hosts/launch/open-app.ts');
    const { serveApp } = await import('./serve.ts');
    return await openApp({ source, serve: () => serveApp({ source, port: 0, openWindow: true }) });
  },
  serve: async (source, port, openWindow) => {
    const { serveApp } = await import('./serve.ts');
    return await serveApp({ source, port, openWindow });
  },
});
