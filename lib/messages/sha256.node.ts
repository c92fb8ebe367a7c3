import * as crypto from 'node:crypto';

/** The SHA-256 of a text's UTF-8 form, as 64 hex digits: in Node, by OpenSSL (`crypto.hash` is there from 20.12 on). */
export function sha256(text: string): string {
  return crypto.hash('sha256', text, 'hex');
}
