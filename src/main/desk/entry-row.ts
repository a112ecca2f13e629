/** An entry as a row of the table. */
import type { EntryRef, EntryRow, WireNumber } from '../../shared/contract.ts';
import { type AuditEntry, contentKind } from '../audit/index.ts';

/** The row of an entry that was read from its source. */
export function rowOf(entry: AuditEntry, epochUs: number, ref: EntryRef, duplicateId: boolean): EntryRow {
  return {
    ref,
    id: entry.id,
    timestamp: entry.timestamp,
    epochUs,
    provider: entry.provider,
    model: entry.model,
    conversation_id: entry.conversation_id,
    safety_passed: entry.safety_passed,
    detectors_triggered: entry.detectors_triggered,
    block_reason: entry.block_reason,
    alerts: entry.alerts,
    latency_ms: wireNumber(entry.latency_ms),
    input_tokens: entry.input_tokens === null ? null : wireNumber(entry.input_tokens),
    output_tokens: entry.output_tokens === null ? null : wireNumber(entry.output_tokens),
    inputKind: contentKind(entry.input_content),
    outputKind: contentKind(entry.output_content),
    duplicateId,
  };
}

/** A number as it crosses the wire: text where JSON has no such number, or would change it. */
function wireNumber(value: number | bigint): WireNumber {
  return typeof value === 'bigint' || !Number.isFinite(value) ? String(value) : value;
}
