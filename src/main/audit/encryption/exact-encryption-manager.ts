/** An encryption manager whose tokens come out the same on every run. Not exported by the library: only for samples and tests. */
import { EncryptionManager } from './encryption-manager.ts';
import type { IvSource } from './fernet.ts';

/** Takes token times and IVs from its caller. An IV that repeats tells that two texts begin alike: never for real content. */
export class ExactEncryptionManager extends EncryptionManager {
  readonly #nowS: () => number;
  readonly #ivSource: IvSource;

  /** `nowS` answers seconds since the epoch, `ivSource` 16 bytes at each call. */
  constructor(key: string | Uint8Array, nowS: () => number, ivSource: IvSource) {
    super(key);
    this.#nowS = nowS;
    this.#ivSource = ivSource;
  }

  override encrypt(text: string): string {
    return this.seal(text, { timeS: this.#nowS(), ivSource: this.#ivSource });
  }
}
