import { expect } from 'chai';
import type { Mark } from '../../../lib/testing/picture/story.js';
import { tell } from '../../../lib/testing/picture/tell.js';
import { runs } from './runs.js';
import { WrittenRun } from './written-run.js';

const story = (title: string) => tell(runs[title]?.().events ?? []);
const shown = ({ at, kind, first }: Mark): string => `${at} ${kind}${first ? ' first' : ''}`;

describe('tell', () => {
  it('has a lane for each run, nested by who called whom', () => {
    const { lanes, from, to } = story('eight agents');
    expect(lanes.map(({ agent, depth }) => `${depth} ${agent}`)).to.deep.equal([
      ...['0 research', '1 planner', '1 web search', '2 reader', '1 library search', '2 reader'],
      ...['1 archive', '1 slow model', '1 editor'],
    ]);
    expect([from, to]).to.deep.equal([0, 3442]);
    expect(lanes.map(({ end }) => end).filter((end) => end !== 'finished')).to.deep.equal(['failed', 'cancelled']);
  });

  it('knows where a message was seen first, and where it is passed on', () => {
    const { lanes, messages } = story('through ten agents');
    expect(lanes.map(({ marks }) => marks.map(shown).join())).to.deep.equal([
      ...Array.from({ length: 10 }, () => '100 reply'),
      '100 reply first',
    ]);
    expect(messages.map(({ home, tokens, endedAt }) => [home.agent, tokens.length, endedAt])).to.deep.equal([
      ['leaf', 30, 700],
    ]);
    expect(lanes.map(({ said }) => said.length)).to.deep.equal([...Array.from({ length: 10 }, () => 0), 30]);
  });

  it('knows where an error is new: not in those that called who failed, nor in those who were asked with it', () => {
    const run = new WrittenRun();
    const top = run.call(0, 'top');
    const [one, two] = [run.call(0, 'one', top), run.call(0, 'two', top)];
    run.fail(1, one, 'Error', '429');
    run.fail(2, two, 'Error', '429');
    run.passError(3, top, 'Error', '429');
    const other = run.call(4, 'other', top);
    const events = [...run.events, { at: 5, type: 'received', run: other, error: { name: 'Error', message: '429' } }];
    const { lanes } = tell(events as typeof run.events);
    expect(lanes.map(({ agent, marks }) => `${agent}: ${marks.map(shown).join()}`)).to.deep.equal([
      ...['top: 3 error', 'one: 1 error first', 'two: 2 error first', 'other: 5 error'],
    ]);
  });

  it('tells what is asked from what is said', () => {
    const { lanes, messages } = tell([
      { at: 0, type: 'inquired', run: '1', agent: 'a', params: {} },
      { at: 0, type: 'received', run: '1', message: '1<1' },
      { at: 1, type: 'token', message: '1<1', token: 'hi' },
      { at: 2, type: 'broken', message: '1<1', error: { name: 'Error', message: 'cut' } },
    ]);
    expect([lanes[0]?.said, lanes[0]?.heard]).to.deep.equal([[], [1]]);
    expect(messages[0]).to.deep.include({ isAsked: true, tokens: ['hi'], endedAt: 2 });
    expect(lanes[0]?.marks.map(shown)).to.deep.equal(['0 asked first', '2 error first']);
  });

  it('takes a recording that began while agents were under way', () => {
    const { lanes } = tell([
      { at: 5, type: 'started', run: '7' },
      { at: 6, type: 'replied', run: '7', message: '7>1' },
      { at: 6, type: 'repliedAll', run: '7' },
    ]);
    expect(lanes.map(({ agent, end }) => `${agent}, ${end}`)).to.deep.equal(['run 7, open']);
  });

  it('has no lanes where nothing happened', () => {
    expect(tell([])).to.deep.equal({ lanes: [], messages: [], from: 0, to: 0 });
  });
});
