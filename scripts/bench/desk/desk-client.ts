/** The contract over the web host's HTTP, spoken as the window speaks it, without a browser. */
import { Agent, type IncomingMessage, request } from 'node:http';
import type { DeskEvents, OperationCall, OperationName, OperationOutput, Reply } from '../../../src/shared/contract.ts';

type SourceChange = DeskEvents['source.changed'];
/** What the desk told last of each source. */
export type SourceChanges = ReadonlyMap<string, SourceChange>;

/** As many connections as a browser opens to one server, the event stream being one more. */
const CONNECTIONS = 6;

export class DeskClient {
  readonly #origin: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  readonly #changes = new Map<string, SourceChange>();
  readonly #waiting = new Set<() => void>();
  #cookie = '';
  #stream: IncomingMessage | null = null;

  private constructor(origin: string) {
    this.#origin = origin;
  }

  /** Trades the link's token for the cookie and begins to listen to events. */
  static async open(link: string): Promise<DeskClient> {
    const url = new URL(link);
    const client = new DeskClient(url.origin);
    const token = new URLSearchParams(url.hash.slice(1)).get('token');
    const answer = await client.#post('/session', JSON.stringify({ token }), client.#agent);
    answer.resume();
    client.#cookie = (answer.headers['set-cookie']?.[0] ?? '').split(';')[0] ?? '';
    if (answer.statusCode !== 200) throw new Error(`The desk refused its own link with ${answer.statusCode}.`);
    await client.#listen();
    return client;
  }

  /** Calls an operation and answers its value. Rejects where it failed. */
  async call<Name extends OperationName>(name: Name, input: OperationCall<Name>): Promise<OperationOutput<Name>> {
    const answer = await this.#post(`/call/${name}`, JSON.stringify(input), this.#agent);
    const chunks: Buffer[] = [];
    for await (const chunk of answer as AsyncIterable<Buffer>) chunks.push(chunk);
    const reply = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Reply<OperationOutput<Name>>;
    if (!reply.ok) throw new Error(`${name}: ${reply.error.code}: ${reply.error.message}`);
    return reply.value;
  }

  /** Asks a question at once and after every change that the desk tells, until it has an answer. */
  waitFor<Value>(question: (changes: SourceChanges) => Value | null): Promise<Value> {
    return new Promise((resolve, reject) => {
      const ask = () => {
        try {
          const value = question(this.#changes);
          if (value === null) return;
          resolve(value);
        } catch (error) {
          reject(error);
        }
        this.#waiting.delete(ask);
      };
      this.#waiting.add(ask);
      ask();
    });
  }

  /** Lets go of every connection. */
  close(): void {
    this.#stream?.destroy();
    this.#agent.destroy();
  }

  #post(path: string, body: string, agent: Agent | false): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const headers = {
        Origin: this.#origin,
        'Sec-Fetch-Site': 'same-origin',
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(body),
        Cookie: this.#cookie,
      };
      const call = request(`${this.#origin}${path}`, { method: 'POST', agent, headers });
      call.on('response', resolve).on('error', reject).end(body);
    });
  }

  async #listen(): Promise<void> {
    const stream = await this.#post('/events', '{}', false);
    this.#stream = stream;
    let rest = '';
    stream.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line !== '') this.#hear(JSON.parse(line) as { name: string; payload: unknown });
    });
    // The stream breaks when the desk ends; calls tell their own failures.
    stream.on('error', () => {});
  }

  #hear(event: { readonly name: string; readonly payload: unknown }): void {
    if (event.name !== 'source.changed') return;
    const change = event.payload as SourceChange;
    this.#changes.set(change.sourceId, change);
    for (const ask of [...this.#waiting]) ask();
  }
}
