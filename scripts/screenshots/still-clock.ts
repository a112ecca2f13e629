/** Loaded before the desk's own code: stops its clock, so that every run of the screenshots shows the same times. */
const STOPPED_AT_MS = Date.parse(process.env['AUDIT_DESK_STOPPED_CLOCK'] ?? '');

class StoppedDate extends Date {
  constructor(...parts: [] | [number | string | Date]) {
    super(parts[0] ?? STOPPED_AT_MS);
  }

  static override now(): number {
    return STOPPED_AT_MS;
  }
}

globalThis.Date = StoppedDate as DateConstructor;
