/** The built desk as `audit-desk serve` runs it, called as its own window calls it, without a browser. */
import { existsSync } from 'node:fs';
import { Agent } from 'node:http';
import { join } from 'node:path';
import type { OperationCall, OperationName, OperationOutput, Reply } from '../../../src/shared/contract.ts';
import { fromWireError } from '../../../src/shared/errors.ts';
import { type ServedDesk as ServedProcess, serveDesk } from '../../e2e/support/web-desk.ts';
import { sendRequest } from '../../integration/hosts/http-request.ts';
import type { Workbench } from './workbench.ts';

const BUILT = ['cli.js', 'index.js'].map((name) => join(import.meta.dirname, '..', '..', '..', 'out', 'main', name));

/** Why what is built cannot be run, or null. */
export function missingBuild(): string | null {
  return BUILT.every((path) => existsSync(path)) ? null : 'the product is not built: npm run build';
}

/** A desk in a process of its own. */
export class ServedDesk {
  readonly process: ServedProcess;
  readonly port: number;
  readonly #agent = new Agent({ keepAlive: true });
  #cookie = '';

  private constructor(served: ServedProcess) {
    this.process = served;
    this.port = Number(new URL(served.link).port);
  }

  /** Starts one and trades its token. It ends with the bench. */
  static async start(bench: Workbench, dataFolder: string, source: string | null = null): Promise<ServedDesk> {
    const served = await serveDesk({ source, dataFolder });
    const desk = new ServedDesk(served);
    bench.afterwards(() => desk.end());
    await desk.#trade();
    return desk;
  }

  get token(): string {
    return new URL(this.process.link).hash.slice('#token='.length);
  }

  /** Headers that the window's own page sends. */
  get headers(): Record<string, string> {
    return {
      Host: `127.0.0.1:${this.port}`,
      Origin: `http://127.0.0.1:${this.port}`,
      'Sec-Fetch-Site': 'same-origin',
      'Content-Type': 'application/json',
      ...(this.#cookie === '' ? {} : { Cookie: this.#cookie }),
    };
  }

  /** What the host answers to a call whose input is this text. */
  async reply(name: string, inputJson: string): Promise<Reply<unknown>> {
    const raw = { port: this.port, method: 'POST', path: `/call/${name}`, headers: this.headers, agent: this.#agent };
    return JSON.parse((await sendRequest({ ...raw, body: inputJson })).body) as Reply<unknown>;
  }

  /** Calls an operation; its failure is thrown as the AuditError that it is. */
  async call<Name extends OperationName>(name: Name, input: OperationCall<Name>): Promise<OperationOutput<Name>> {
    const reply = await this.reply(name, JSON.stringify(input));
    if (reply.ok) return reply.value as OperationOutput<Name>;
    throw fromWireError(reply.error);
  }

  /** Ends it as a person would; answers its exit code. May be called twice. */
  async end(): Promise<number> {
    this.#agent.destroy();
    return await this.process.end();
  }

  async #trade(): Promise<void> {
    const raw = { port: this.port, method: 'POST', path: '/session', headers: this.headers };
    const { headers } = await sendRequest({ ...raw, body: JSON.stringify({ token: this.token }) });
    this.#cookie = String(headers['set-cookie']).split(';')[0] ?? '';
  }
}
