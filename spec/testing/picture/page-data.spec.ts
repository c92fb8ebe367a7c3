import { expect } from 'chai';
import { Message } from 'miniagents';
import type { RecordedEvent } from 'miniagents/testing';
import { layOut } from '../../../lib/testing/picture/layout.js';
import { pageData } from '../../../lib/testing/picture/page-data.js';
import { tell } from '../../../lib/testing/picture/tell.js';
import { runs } from './runs.js';

const measure = { time: 700, margin: 100, character: 7, marble: 14, tick: 2, ellipsis: '…' };
const textOf = (events: readonly RecordedEvent[]): string => pageData(layOut(tell(events), measure));
interface Data {
  messages: { text: string; wrong?: string; facts: [string, string][] }[];
  marbles: { title: string; message?: number; wrong?: string }[][];
}
const dataOf = (title: string): Data => JSON.parse(textOf(runs[title]?.().events ?? [])) as Data;

describe('pageData', () => {
  it('cannot end the script that it stands in, and is all that was said, as it was', () => {
    const events = runs['hostile texts']?.().events ?? [];
    expect(textOf(events)).to.not.include('<');
    const texts = dataOf('hostile texts').messages.map(({ text }) => text);
    expect(texts).to.deep.equal(events.flatMap((event) => (event.type === 'resolved' ? [event.value.text] : [])));
  });

  it('has each message once, whoever passes it on', () => {
    const { messages, marbles } = dataOf('through ten agents');
    expect(messages).to.have.length(1);
    expect(marbles.map(([mark]) => mark?.message)).to.deep.equal(Array.from({ length: 11 }, () => 0));
    expect(marbles.at(0)?.[0]?.title).to.equal('level 1 passed on, 100 ms');
    expect(marbles.at(-1)?.[0]?.title).to.equal('leaf replied, 100 ms');
  });

  it('tells of errors, of what has not ended, and who said it', () => {
    expect(dataOf('eight agents').marbles.flat()).to.deep.include({
      title: 'archive failed, 1.44 s',
      wrong: 'HttpError: the archive does not answer (503)',
    });
    const [asked, reply] = dataOf('not ended').messages;
    expect(asked?.facts[0]).to.deep.equal(['role', 'user']);
    expect(reply?.facts).to.deep.include(['first seen', '3 s, in chat (run 1), not whole yet']);
  });

  it('tells of fields and classes, and of the hash where the class is known', () => {
    const value = { $type: 'Message', text: 'hi', name: 'Ada', data: { model: 'm' } };
    const events = (whole: typeof value): RecordedEvent[] => [
      { at: 0, type: 'inquired', run: '1', agent: 'a', params: {} },
      { at: 0, type: 'replied', run: '1', message: '1>1' },
      { at: 0, type: 'resolved', message: '1>1', value: whole },
    ];
    const facts = (whole: typeof value) => (JSON.parse(textOf(events(whole))) as Data).messages[0]?.facts;
    const { hashKey } = new Message({ text: 'hi', name: 'Ada', data: { model: 'm' } });
    expect(facts(value)).to.deep.include.members([
      ['name', 'Ada'],
      ['data', '{"model":"m"}'],
      ['hash', hashKey],
    ]);
    const unknown = facts({ ...value, $type: 'Unheard' });
    expect(unknown?.[0]).to.deep.equal(['type', 'Unheard']);
    expect(unknown?.map(([name]) => name)).to.not.include('hash');
  });
});
