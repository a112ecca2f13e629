/** Reads the web host's event stream: one JSON object a line, an empty line as heartbeat. */

/** The host sends a heartbeat every 10 s; a stream that says nothing for this long is broken. */
const SILENCE_MS = 25_000;

/** Reads until the stream ends or falls silent; `stop` ends it too. Rejects where it breaks. */
export async function readEventStream(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  stop: AbortController,
  deliver: (name: string, payloadJson: string) => void,
): Promise<void> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const silence = setTimeout(() => stop.abort(), SILENCE_MS);
    const { done, value } = await reader.read().finally(() => clearTimeout(silence));
    if (done) return;
    const lines = (rest + value).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') deliverLine(line, deliver);
  }
}

function deliverLine(line: string, deliver: (name: string, payloadJson: string) => void): void {
  const event: unknown = JSON.parse(line);
  if (typeof event !== 'object' || event === null || !('name' in event) || !('payload' in event)) return;
  if (typeof event.name === 'string') deliver(event.name, JSON.stringify(event.payload));
}
