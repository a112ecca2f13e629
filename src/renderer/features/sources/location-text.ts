/** A source's place as text. */
import type { SourceLocation } from '../../../shared/contract.ts';

/** `/logs/claims` or `s3://bucket/prefix at https://minio.local`. */
export function locationText(location: SourceLocation): string {
  if (location.kind === 'folder') return location.path;
  const place = `s3://${location.bucket}/${location.prefix}`;
  return location.endpoint === null ? place : `${place} at ${location.endpoint}`;
}

/** Text by which a place is told from every other. */
export function locationKey(location: SourceLocation): string {
  if (location.kind === 'folder') return `folder ${location.path}`;
  const { bucket, prefix, region, endpoint, pathStyle, profile } = location;
  return JSON.stringify([bucket, prefix, region, endpoint, pathStyle, profile]);
}
