/** The library's own time: microseconds, as the format records them. */

/** Answers microseconds since the epoch. */
export type Clock = () => number;

/** How far the interpolated time may part from the system's before it is set anew. */
const MAX_DRIFT_US = 2000;

function createSystemClock(): Clock {
  let anchorUs = Date.now() * 1000;
  let anchorMs = performance.now();
  return () => {
    const systemUs = Date.now() * 1000;
    const interpolatedUs = anchorUs + Math.floor((performance.now() - anchorMs) * 1000);
    if (Math.abs(interpolatedUs - systemUs) <= MAX_DRIFT_US) return interpolatedUs;
    anchorUs = systemUs;
    anchorMs = performance.now();
    return systemUs;
  };
}

/**
 * The system's time in microseconds since the epoch. Node tells milliseconds; the digits below come from the monotonic clock,
 * which is set anew whenever it parts from the system's by more than 2 ms (a clock that was set, a machine that slept).
 */
export const systemClock: Clock = createSystemClock();
