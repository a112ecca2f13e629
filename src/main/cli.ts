#!/usr/bin/env node
/** Entry point of the command line. */
import { Command } from 'commander';
import { isAuditError } from '../shared/errors.ts';
import { openApp } from './hosts/launch/open-app.ts';
import { parseSourceArgument } from './hosts/source-argument.ts';
import { serveApp } from './serve.ts';

const program = new Command('audit-desk');
const locate = (text: string | undefined) => (text === undefined ? null : parseSourceArgument(text, process.cwd()));

program
  .command('open [SOURCE]', { isDefault: true })
  .description('the desktop app')
  .action(async (text: string | undefined) => {
    const source = locate(text);
    const serve = () => serveApp({ source, port: 0, openWindow: true });
    process.exitCode = await openApp({ source, serve });
  });

program
  .command('serve [SOURCE]')
  .description('the same desk in a browser; prints one line: the URL')
  .option('--port <N>', 'port on 127.0.0.1', Number, 0)
  .option('--no-open', 'open no window')
  .action(async (text: string | undefined, options: { port: number; open: boolean }) => {
    process.exitCode = await serveApp({ source: locate(text), port: options.port, openWindow: options.open });
  });

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${isAuditError(error) ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
