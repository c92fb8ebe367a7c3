import { expect } from 'chai';
import { References } from '../../../lib/testing/recording/references.js';
import { conversation, events, said } from './support.js';

const mistakes = (all: ReturnType<typeof events>) => {
  const references = new References();
  return all.flatMap((event) => references.take(event)?.expected ?? []);
};

describe('References', () => {
  it('know what an earlier event has named', () => {
    expect(mistakes([...conversation('1', 'q'), ...conversation('2', 'q')])).to.deep.equal([]);
  });

  it('a run is inquired once, and stands inside its parent', () => {
    const inquired = (run: string, parent?: string) => ({
      type: 'inquired' as const,
      run,
      ...(parent && { parent }),
      agent: 'a',
      params: {},
    });
    expect(mistakes(events(inquired('1'), inquired('1')))).to.deep.equal(['a run that was not inquired before']);
    expect(mistakes(events(inquired('1'), inquired('1.1')))).to.deep.equal(['"1" as the parent of run 1.1']);
    expect(mistakes(events(inquired('1.1', '1')))).to.deep.equal(['a run that an earlier line tells of']);
  });

  it('what has ended does not end again', () => {
    const all = conversation('1', 'q');
    expect(mistakes([...all, all.at(-1)!])).to.deep.equal(['nothing more of run 1, which has ended']);
    expect(mistakes([...all, all[2]!])).to.deep.equal(['nothing more of message 1<1, which has ended']);
  });

  it('a message may come again, wherever it has come before', () => {
    const again = { type: 'replied' as const, run: '1', message: '1>1' };
    const next = { ...again, message: '1>3', draft: said('') };
    const [asked, replied] = [conversation('1', 'q').slice(0, 5), conversation('1', 'q').slice(5, 6)];
    expect(mistakes([...asked, ...replied, ...events(again, next)])).to.deep.equal([]);
    expect(mistakes([...asked, ...replied, ...events(again, { ...next, message: '1>2' })])).to.deep.equal([
      'message 1>3, or one that an earlier line tells of',
    ]);
  });

  it('a run is over by itself when its own replies are whole, or broken', () => {
    const all = conversation('1', 'q').filter(({ type }) => type !== 'finished');
    const upToReply = all.slice(0, 7);
    const broken = { type: 'broken' as const, message: '1>1', error: { name: 'Error', message: 'boom' } };
    const ends = (type: 'finished' | 'cancelled') => ({ type, run: '1' });
    expect(mistakes([...upToReply, ...events(broken, ends('finished'))])).to.deep.equal([]);
    expect(mistakes([...upToReply, ...events(ends('cancelled'), broken)])).to.deep.equal([]);
    expect(mistakes([...upToReply, ...events(ends('finished'))])).to.deep.equal([
      'the end of message 1>1 before that of run 1',
    ]);
  });

  it('the end of a message that was passed on may come after that of the run', () => {
    const run = '1';
    const passedOn = events(
      { type: 'inquired', run, agent: 'leaf', params: {} },
      { type: 'received', run, message: '1<1', draft: said('') },
      { type: 'started', run },
      { type: 'replied', run, message: '1<1' },
      { type: 'finished', run },
      { type: 'resolved', message: '1<1', value: said('') },
    );
    expect(mistakes(passedOn)).to.deep.equal([]);
  });
});
