import { expect } from 'chai';
import { outline } from '../../../lib/testing/recording/outline.js';
import { conversation } from './support.js';

describe('outline', () => {
  it('is what happened, run by run, without times', () => {
    const late = conversation('2', 'p').map((event) => ({ ...event, at: event.at + 9 }));
    const all = [...conversation('10', 'r'), ...conversation('1', 'q', 'a', 'b'), ...late];
    expect(outline(all).slice(0, 4)).to.deep.equal([
      'run 1: agent leaf {}',
      '  received {"$type":"Message","text":"q"}',
      '  replied {"$type":"Message","text":"ab"} by ["a","b"]',
      '  finished',
    ]);
    expect(outline(all).filter((line) => line.startsWith('run'))).to.deep.equal(
      ['1', '2', '10'].map((run) => `run ${run}: agent leaf {}`),
    );
    expect(outline(late)).to.deep.equal(outline(conversation('2', 'p')));
  });

  it('does not look into agents that are closed, at any depth', () => {
    const runs = (events: Parameters<typeof outline>[0], closed: string[]) =>
      outline(events, closed).flatMap((line) => /^run [\d.]+/.exec(line) ?? []);
    const inner = ['1.1', '1.1.1', '10', '10.2'].flatMap((run) => conversation(run, run));
    const all = [...conversation('1', 'q').map((event) => ({ ...event, agent: 'top' })), ...inner] as typeof inner;
    expect(runs(all, [])).to.deep.equal(['run 1', 'run 1.1', 'run 1.1.1', 'run 10', 'run 10.2']);
    expect(runs(all, ['leaf'])).to.deep.equal(['run 1', 'run 1.1', 'run 10']);
    expect(runs(all, ['top'])).to.deep.equal(['run 1', 'run 10', 'run 10.2']);
  });
});
