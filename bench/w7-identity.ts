import { createHash, hash } from 'node:crypto';
import { is } from 'immutable';
import type { Message } from 'miniagents';
import type { Contender, Make, Row } from './harness/row.js';
import { canonicalJson, deepFreeze, fieldsOf, type Fields, type Shape } from './fixtures/plain-messages.js';

const MESSAGES = 300;

/** Runs `work` for each of so many things of a kind; `make` is not measured. */
function each<Thing>(make: (index: number) => Thing, work: (thing: Thing) => unknown): Contender {
  const prepare = () => Array.from({ length: MESSAGES }, (_, index) => make(index));
  // Something depends on every result, so that none of the work can be left out.
  const run = (things: readonly Thing[]) => {
    let done = 0;
    for (const thing of things) if (work(thing)) done++;
    if (done !== things.length) throw new Error('expected a result of each');
  };
  return { units: MESSAGES, prepare, run };
}

async function messagesOf(shape: Shape): Promise<(index: number) => Message> {
  const { Message } = await import('miniagents');
  return (index) => new Message(fieldsOf(shape, index));
}

async function knownPairs(shape: Shape): Promise<(index: number) => readonly [Message, Message]> {
  const make = await messagesOf(shape);
  return (index) => {
    const pair = [make(index), make(index)] as const;
    for (const message of pair) if (message.hashKey.length !== 64) throw new Error('expected a key');
    return pair;
  };
}

const pairs = (shape: Shape) => (index: number) => [fieldsOf(shape, index), fieldsOf(shape, index)] as const;
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

const identity: Record<string, (shape: Shape) => Contender | Promise<Contender>> = {
  'sorted JSON + crypto.hash': (shape) =>
    each(
      (index) => fieldsOf(shape, index),
      (fields) => hash('sha256', canonicalJson(fields)),
    ),
  'sorted JSON + createHash': (shape) =>
    each(
      (index) => fieldsOf(shape, index),
      (fields) => sha256(canonicalJson(fields)),
    ),
  hashKey: async (shape) => each(await messagesOf(shape), (message) => message.hashKey),
  'JSON compared': (shape) => each(pairs(shape), ([one, other]) => JSON.stringify(one) === JSON.stringify(other)),
  'is(…) with known keys': async (shape) => each(await knownPairs(shape), ([one, other]) => is(one, other)),
  'deep-frozen object': (shape) =>
    each(
      (index) => fieldsOf(shape, index),
      (fields: Fields) => deepFreeze(fields),
    ),
  'new Message': async (shape) => {
    const { Message } = await import('miniagents');
    return each(
      (index) => fieldsOf(shape, index),
      (fields) => new Message(fields),
    );
  },
};

export const identities: readonly Row[] = (['small', 'nested', 'long'] as const).map((shape) => ({
  name: `W7 ${shape}`,
  what: `content id, equality and creation of a ${shape} message: CPU per message`,
  limit: '1.0',
  contenders: Object.fromEntries(
    Object.entries(identity).map(([name, make]): [string, Make] => [name, () => make(shape)]),
  ),
  aims: [
    {
      what: 'id × sorted JSON + SHA-256',
      metric: 'cpu',
      ours: ['hashKey'],
      against: 'sorted JSON + crypto.hash',
      atMost: 1.2,
    },
    {
      what: 'equality × comparing JSON',
      metric: 'cpu',
      ours: ['is(…) with known keys'],
      against: 'JSON compared',
      atMost: 0.1,
    },
    {
      what: 'creation × a deep-frozen object',
      metric: 'cpu',
      ours: ['new Message'],
      against: 'deep-frozen object',
      atMost: 2,
    },
  ],
  warmUpMs: 400,
  turnMs: 30,
}));
