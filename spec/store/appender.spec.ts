import { expect } from 'chai';
import { Appender } from '../../lib/store/appender.js';
import type { Batch, Row } from '../../lib/store/engine.js';

describe('Appender', () => {
  const row = (hashKey: string, body = hashKey): Row => ({ hashKey, body });
  const batch = (conversation: string, ...keys: string[]): Batch => ({
    rows: keys.map((key) => row(key)),
    turns: keys.map((hashKey) => ({ conversation, hashKey })),
  });

  /** Writes that end when they are let. */
  function writing() {
    const written: Batch[] = [];
    const ends: ((error?: Error) => void)[] = [];
    const appender = new Appender(
      (given) =>
        new Promise((resolve, reject) => {
          written.push(given);
          ends.push((error) => (error ? reject(error) : resolve()));
        }),
    );
    const keys = () => written.map(({ rows }) => rows.map(({ hashKey }) => hashKey).join(''));
    return { appender, written, ends, keys };
  }
  const turn = () => new Promise((resolve) => setImmediate(resolve));

  it('writes what comes in one turn together, and what comes meanwhile together next', async () => {
    const { appender, ends, keys } = writing();
    const log: string[] = [];
    const append = (...given: string[]) =>
      appender.append(batch('chat', ...given)).then(() => log.push(given.join('')));
    void append('a', 'b');
    void append('c');
    await turn();
    void append('d');
    void append('e', 'f');
    await turn();
    expect(keys()).to.deep.equal(['abc']);
    ends[0]?.();
    await turn();
    expect(log).to.deep.equal(['ab', 'c']);
    expect(keys()).to.deep.equal(['abc', 'def']);
    ends[1]?.();
    await appender.idle();
    expect(log).to.deep.equal(['ab', 'c', 'd', 'ef']);
  });

  it('writes what comes twice once', async () => {
    const { appender, ends, written } = writing();
    const appended = [batch('chat', 'a', 'b'), batch('chat', 'b', 'a'), batch('other', 'a')].map((each) =>
      appender.append(each),
    );
    await turn();
    ends[0]?.();
    await Promise.all(appended);
    expect(written[0]?.rows).to.deep.equal([row('a'), row('b')]);
    expect(written[0]?.turns).to.deep.equal([...batch('chat', 'a', 'b').turns, ...batch('other', 'a').turns]);
  });

  it('fails what was written together, and goes on with the rest', async () => {
    const { appender, ends, keys } = writing();
    const outcome = (key: string) => appender.append(batch('chat', key)).then(() => 'done', String);
    const [a, b] = [outcome('a'), outcome('b')];
    await turn();
    const c = outcome('c');
    ends[0]?.(new Error('disk full'));
    await turn();
    ends[1]?.();
    expect(await Promise.all([a, b, c])).to.deep.equal(['Error: disk full', 'Error: disk full', 'done']);
    expect(keys()).to.deep.equal(['ab', 'c']);
  });

  it('does not join more than is good to write at once, and takes a large one alone', async () => {
    const { appender, ends, written } = writing();
    const huge = { rows: [row('huge', 'x'.repeat(9_000_000))], turns: [] };
    const many = { rows: Array.from({ length: 1500 }, (_, number) => row(`${number}`)), turns: [] };
    const batches = [batch('chat', 'a'), huge, batch('chat', 'b'), batch('chat', 'c'), many, batch('chat', 'd')];
    const appended = batches.map((each) => appender.append(each));
    for (let count = 0; count < 6; count++) {
      await turn();
      ends[count]?.();
    }
    await Promise.all(appended);
    expect(written.map(({ rows }) => rows.length)).to.deep.equal([1, 1, 2, 1000, 500, 1]);
  });

  it('writes what is too much for once in parts, and its turns after all that they are of', async () => {
    const { appender, ends, written } = writing();
    const rows = [...Array.from({ length: 3 }, (_, number) => row(`${number}`, 'x'.repeat(5_000_000))), row('small')];
    const turns = Array.from({ length: 1500 }, (_, number) => ({ conversation: `${number}`, hashKey: 'small' }));
    const appended = appender.append({ rows, turns });
    for (let count = 0; count < 4; count++) {
      await turn();
      ends[count]?.();
    }
    await appended;
    expect(written.map((each) => [each.rows.map(({ hashKey }) => hashKey).join(' '), each.turns.length])).to.deep.equal(
      [
        ['0', 0],
        ['1', 0],
        ['2 small', 1000],
        ['', 500],
      ],
    );
  });

  it('joins no more turns than is good to write at once', async () => {
    const { appender, ends, written } = writing();
    const appended = Array.from({ length: 1500 }, (_, number) =>
      appender.append({ rows: [], turns: [{ conversation: `${number}`, hashKey: 'a' }] }),
    );
    for (let count = 0; count < 2; count++) {
      await turn();
      ends[count]?.();
    }
    await Promise.all(appended);
    expect(written.map(({ turns }) => turns.length)).to.deep.equal([1000, 500]);
  });

  it('is idle at once if nothing is under way', async () => {
    await writing().appender.idle();
  });
});
