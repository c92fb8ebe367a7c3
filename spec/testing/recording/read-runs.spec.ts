import { expect } from 'chai';
import { readRuns } from '../../../lib/testing/recording/read-runs.js';
import { conversation, events, said } from './support.js';

describe('readRuns', () => {
  it('gives each run with what it was asked and what happened, by the time since it started', () => {
    const late = conversation('1', 'q', 'a').map((event) => ({ ...event, at: event.at + 5 }));
    const [run, ...others] = readRuns(late);
    expect(others).to.deep.equal([]);
    expect(run).to.deep.include({ id: '1', agent: 'leaf', asked: [{ value: said('q') }], askedAll: true });
    expect(run!.steps.map(({ at, type }) => `${at} ${type}`)).to.deep.equal([
      '0 arrived',
      '0 whole',
      '0 receivedAll',
      '0 replied',
      '0 repliedAll',
      '1 token',
      '1 resolved',
      '1 finished',
    ]);
  });

  it('knows what was forwarded, and what another run had begun to say', () => {
    const runs = readRuns(
      events(
        { type: 'inquired', run: '1', agent: 'top', params: {} },
        { type: 'started', run: '1' },
        { type: 'inquired', run: '1.1', parent: '1', agent: 'leaf', params: {} },
        { type: 'replied', run: '1.1', message: '1.1>1', draft: said('') },
        { type: 'token', message: '1.1>1', token: 'a' },
        { type: 'received', run: '1', message: '1<1' },
        { type: 'resolved', message: '1<1', value: said('q') },
        { type: 'replied', run: '1', message: '1<1' },
        { type: 'replied', run: '1', message: '1.1>1' },
        { type: 'cancelled', run: '1' },
        { type: 'resolved', message: '1.1>1', value: said('a') },
      ),
    );
    expect(runs[0]!.steps.map(({ type }) => type)).to.deep.equal([
      'token',
      'arrived',
      'whole',
      'forwarded',
      'replied',
      'cancelled',
    ]);
    expect(runs[1]!.steps.map(({ type }) => type)).to.deep.equal(['replied', 'token', 'resolved']);
  });
});
