/** The two channels that cross from the window's process to the main process. There are no others. */

/** window -> main, answered: operation name, input as JSON text; answers a reply as JSON text. */
export const CALL_CHANNEL = 'desk:call';
/** main -> window: event name, payload as JSON text. */
export const EVENT_CHANNEL = 'desk:event';
