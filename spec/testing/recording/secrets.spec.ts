import { expect } from 'chai';
import { SECRET_NAMES, SECRET_PATTERNS } from '../../../lib/testing/recording/secrets.js';

const isSecret = (text: string): boolean => SECRET_PATTERNS.some((pattern) => pattern.test(text));

describe('secrets', () => {
  for (const name of [
    'apiKey',
    'api_key',
    'x-api-key',
    'OPENAI_API_KEY',
    'Authorization',
    'password',
    'client_secret',
    'token',
    'accessToken',
    'Set-Cookie',
    'secretKey',
    'api_token',
    'apiKeys',
  ])
    it(`${name} is the name of one`, () => expect(SECRET_NAMES.test(name)).to.equal(true));

  for (const name of ['hashKey', 'max_tokens', 'inputTokens', 'keys', 'text', 'model', 'author'])
    it(`${name} is not`, () => expect(SECRET_NAMES.test(name)).to.equal(false));

  for (const text of [
    'sk-proj-abcdefgh',
    'ghp_abcdefghijk1234567890',
    'sk_live_abcdefghijk',
    'authorization: basic bWU6cGFzcw==',
    'xoxb-1234567890',
    'AKIAABCDEFGHIJKLMNOP',
    'AIzaSyA1234567890abcdefgh',
    'eyJhbGciOiJI.eyJzdWIi.abc',
    'Bearer abcdefghijk',
    'https://me:pass@host/',
    'gsk_abcdefghijk1234567890',
    'xai-abcdefghijk1234567890',
    'whsec_abcdefghijk1234567890',
    '-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----',
  ])
    it(`${text.slice(0, 20)} … is one`, () => expect(isSecret(text)).to.equal(true));

  it('are looked for in no more time than a text is long', () => {
    const text = `total:${' '.repeat(200_000)}42`;
    expect(isSecret(text)).to.equal(false);
  }).timeout(5000);

  it('is a whole password, also with an @ in it', () => {
    const texts = SECRET_PATTERNS.flatMap((pattern) => pattern.exec('at https://me:p@ss@host/@')?.[0] ?? []);
    expect(texts).to.deep.equal(['p@ss']);
  });

  for (const text of [
    'a risk-averse person',
    'https://host:8080/path',
    'the bearer of news',
    'task-management',
    'Basic understanding',
    'npm_lifecycle_event',
    'pk_customers_id',
  ])
    it(`${text} is none`, () => expect(isSecret(text)).to.equal(false));
});
