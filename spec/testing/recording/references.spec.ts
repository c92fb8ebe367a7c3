import { expect } from 'chai';
import { References } from '../../../lib/testing/recording/references.js';
import { conversation, events } from './support.js';

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
});
