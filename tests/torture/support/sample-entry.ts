/** Entries whose every byte is known from their id. */
import type { AuditEntry } from '../../../src/shared/entry.ts';

/** A valid entry with this id, and content of so many bytes. */
export function sampleEntry(id: string, contentBytes = 0, timestamp = '2026-05-04T12:00:00.123456'): AuditEntry {
  return {
    id,
    timestamp,
    input_hash: 'a'.repeat(64),
    output_hash: 'b'.repeat(64),
    input_content: contentBytes === 0 ? null : 'c'.repeat(contentBytes),
    output_content: null,
    provider: 'provider',
    model: 'model',
    conversation_id: null,
    safety_passed: true,
    detectors_triggered: [],
    block_reason: null,
    alerts: [],
    latency_ms: 1.5,
    input_tokens: 3,
    output_tokens: null,
    metadata: {},
  };
}
