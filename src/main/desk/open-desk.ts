/** Opens the desk. */
import { contract, type DeskHandlers, type DeskSettings } from '../../shared/contract.ts';
import { AuditError } from '../../shared/errors.ts';
import type { Desk, DeskPorts } from './desk.ts';

/** Opens the desk over its ports. */
export async function openDesk(ports: DeskPorts): Promise<Desk> {
  let settings: DeskSettings = { timeZone: 'UTC', colorScheme: 'auto' };
  const notHere = async () => {
    throw new AuditError('not_supported_here', 'This is not supported here.');
  };
  const others = Object.fromEntries(Object.keys(contract).map((name) => [name, notHere])) as unknown as DeskHandlers;
  return {
    handlers: {
      ...others,
      'host.info': async () => ports.host,
      'settings.get': async () => settings,
      'settings.set': async ({ timeZone, colorScheme }) => {
        settings = { timeZone: timeZone ?? settings.timeZone, colorScheme: colorScheme ?? settings.colorScheme };
        return settings;
      },
    },
    subscribe: () => () => {},
    open: notHere,
    close: async () => {},
  };
}
