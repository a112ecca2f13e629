import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DeskEventHub } from '../../../src/main/desk/desk-events.ts';

let hub: DeskEventHub;
let told: number[];
const progress = (done: number, jobId = 'job') =>
  hub.emitThrottled('job.progress', jobId, { jobId, done, total: 100, unit: 'files' });

beforeEach(() => {
  vi.useFakeTimers();
  hub = new DeskEventHub();
  told = [];
  hub.subscribe((name, payload) => {
    if (name === 'job.progress') told.push((payload as { done: number }).done);
  });
});
afterEach(() => {
  hub.close();
  vi.useRealTimers();
});

describe('throttled events', () => {
  it('tell the first at once and of a burst only the last', () => {
    for (let done = 1; done <= 50; done += 1) progress(done);
    expect(told).toEqual([1]);
    vi.advanceTimersByTime(100);
    expect(told).toEqual([1, 50]);
    vi.advanceTimersByTime(1000);
    expect(told).toEqual([1, 50]);
  });

  it('come at most ten times a second', () => {
    for (let ms = 0; ms < 1000; ms += 5) {
      progress(ms);
      vi.advanceTimersByTime(5);
    }
    expect(told.length).toBeLessThanOrEqual(11);
    expect(told.length).toBeGreaterThanOrEqual(9);
  });

  it('do not hold back those about something else', () => {
    progress(1, 'one');
    progress(2, 'two');
    expect(told).toEqual([1, 2]);
  });

  it('give their last word before the end', () => {
    progress(1);
    progress(100);
    hub.flush('job.progress', 'job');
    expect(told).toEqual([1, 100]);
  });
});

describe('listeners', () => {
  it('that throw harm no other', () => {
    hub.subscribe(() => {
      throw new Error('window gone');
    });
    const second: string[] = [];
    hub.subscribe((name) => second.push(name));
    hub.emit('source.closed', { sourceId: 'x' });
    expect(second).toEqual(['source.closed']);
  });

  it('hear nothing once they stopped listening', () => {
    const heard: string[] = [];
    const stop = hub.subscribe((name) => heard.push(name));
    stop();
    hub.emit('source.closed', { sourceId: 'x' });
    expect(heard).toEqual([]);
  });
});
