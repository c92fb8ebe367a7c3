import { expect } from 'chai';
import * as fc from 'fast-check';
import { InvalidArgumentError } from 'miniagents';
import { Recording } from 'miniagents/testing';
import type { RecordedEvent } from 'miniagents/testing';
import { cases } from '../../property/cases.js';
import { conversation, textOf } from './support.js';

const json = fc.jsonValue({ noUnicodeString: false }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);
const text = fc.string({ unit: 'binary' });
const message = fc
  .record({ text: fc.string({ unit: 'grapheme' }), role: fc.string() })
  .map((fields) => ({ $type: 'Message', ...fields }));
const error = fc.record({ name: text, message: text });

/** Everything that can stand in an event, whatever it says. */
const some = fc
  .tuple(fc.nat(), text, message, error, fc.dictionary(fc.string(), json))
  .map(([at, token, value, wrong, params]): RecordedEvent[] => [
    { at, type: 'inquired', run: '1', agent: token, params },
    { at, type: 'inquired', run: '1.2', parent: '1', agent: token, params },
    { at, type: 'started', run: '1.2' },
    { at, type: 'received', run: '1', message: '1<1', draft: value },
    { at, type: 'token', message: '1<1', token },
    { at, type: 'broken', message: '1<1', error: wrong },
    { at, type: 'replied', run: '1.2', message: '1.2>1' },
    { at, type: 'resolved', message: '1.2>1', value },
    { at, type: 'replied', run: '1.2', error: wrong },
    { at, type: 'failed', run: '1.2', error: { ...wrong, facts: { status: at } } },
  ]);

describe('Recording', () => {
  it('is a text with a line for each event, its fields in one order', () => {
    const { at, type, ...others } = conversation('1', 'q')[0]!;
    const mixed = { ...others, type, at } as RecordedEvent;
    expect(String(new Recording([mixed]))).to.equal(
      '{"recording":1}\n{"at":0,"type":"inquired","run":"1","agent":"leaf","params":{}}\n',
    );
    expect(String(new Recording())).to.equal('{"recording":1}\n');
  });

  it('property: what is parsed is what was written', () => {
    fc.assert(
      fc.property(some, (events) => {
        const written = textOf(events);
        expect(Recording.parse(written).events).to.deep.equal(events);
        expect(String(Recording.parse(written))).to.equal(written);
      }),
      cases(300),
    );
  });

  it('refuses what is no text', () => {
    expect(() => Recording.parse(1 as never)).to.throw(InvalidArgumentError, 'the text of a recording');
  });
});
