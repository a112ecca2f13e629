/** The key store of the stand-in: as a desktop without one, or with `STAND_IN_KEY_STORE` set as one that has it. */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const secret = createHash('sha256').update('stand-in key store').digest();
const available = () => process.env['STAND_IN_KEY_STORE'] !== undefined;

export const safeStorage = {
  async isAsyncEncryptionAvailable() {
    return true;
  },
  getSelectedStorageBackend() {
    return available() ? 'gnome_libsecret' : 'basic_text';
  },
  async encryptStringAsync(text: string) {
    const iv = randomBytes(16);
    const cipher = createCipheriv('aes-256-cbc', secret, iv);
    return Buffer.concat([iv, cipher.update(text), cipher.final()]);
  },
  async decryptStringAsync(sealed: Buffer) {
    const decipher = createDecipheriv('aes-256-cbc', secret, sealed.subarray(0, 16));
    const result = Buffer.concat([decipher.update(sealed.subarray(16)), decipher.final()]).toString();
    return { shouldReEncrypt: false, result };
  },
};
