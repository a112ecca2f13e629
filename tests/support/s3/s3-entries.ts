/** Entries for tests over buckets. */
import type { AuditEntry } from '../../../src/main/audit/index.ts';

/** A whole entry with every optional field empty. */
export function entryOf(id: string, timestamp: string, more: Partial<AuditEntry> = {}): AuditEntry {
  return {
    id,
    timestamp,
    input_hash: 'a'.repeat(64),
    output_hash: 'b'.repeat(64),
    input_content: null,
    output_content: null,
    provider: null,
    model: null,
    conversation_id: null,
    safety_passed: true,
    detectors_triggered: [],
    block_reason: null,
    alerts: [],
    latency_ms: 0,
    input_tokens: null,
    output_tokens: null,
    metadata: {},
    ...more,
  };
}

/** The shortest object that is an entry. */
export function objectOf(id: string, timestamp: string): string {
  return JSON.stringify({ id, timestamp, input_hash: 'a', output_hash: 'b' });
}
