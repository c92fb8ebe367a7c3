import { expect } from 'chai';
import { clustersOf } from '../../../lib/testing/picture/clusters.js';
import { explain, explainLane, summarise } from '../../../lib/testing/picture/explain.js';
import { tell } from '../../../lib/testing/picture/tell.js';
import { runs } from './runs.js';

const story = (title: string) => tell(runs[title]?.().events ?? []);
const explained = (title: string, agent: string): string[] => {
  const marks = story(title).lanes.find((lane) => lane.agent === agent)?.marks ?? [];
  return clustersOf(
    marks,
    (at) => at,
    1,
    () => 0,
  ).map((cluster) => explain(cluster, 2));
};

describe('explain', () => {
  it('says what a marble stands for, and where that is from', () => {
    expect(explained('through ten agents', 'level 1')[0]).to.match(/^100 ms, reply, passed on from leaf: Agents are/);
    expect(explained('eight agents', 'archive')[0]).to.equal(
      '1.44 s, error: HttpError: the archive does not answer (503)',
    );
    expect(explained('no time at all', 'sync')).to.deep.equal([
      '0 ms, was asked: hi',
      '0 ms, reply: one; 0 ms, reply: two; and 1 more',
    ]);
  });

  it('says what became of a run', () => {
    expect(story('eight agents').lanes.map(explainLane)).to.include.members([
      'editor (run 1.6): asked at 1.94 s, started at 2.14 s, finished at 3.44 s',
      'archive (run 1.4): asked at 540 ms, started at 540 ms, failed at 1.44 s: HttpError: the archive does not answer (503)',
      'slow model (run 1.5): asked at 540 ms, started at 540 ms, cancelled at 1.74 s',
    ]);
    expect(story('not ended').lanes.map(explainLane)).to.include(
      'never started (run 1.2): asked at 20 s, not started, not ended',
    );
  });

  it('says what there is in a whole run', () => {
    expect(Object.keys(runs).map((title) => summarise(story(title)))).to.include.members([
      '9 runs of 8 agents, 6 messages, 89 tokens, 1 failed, 1 cancelled, in 3.442 s',
      '2 runs of 2 agents, 1 message, 50,000 tokens, in 1 min 0.8 s',
      '3 runs of 3 agents, 2 messages, 2 tokens, 3 not ended, in 1 min 15 s',
      'Nothing happened in this run.',
    ]);
  });
});
