import { expect } from 'chai';
import type { Cluster } from '../../../lib/testing/picture/clusters.js';
import { layOut } from '../../../lib/testing/picture/layout.js';
import { bar, end, flow, heightOf, marble, titledMarble, words } from '../../../lib/testing/picture/shapes.js';
import { tell } from '../../../lib/testing/picture/tell.js';
import { runs } from './runs.js';

const measure = { time: 700, margin: 100, character: 7, marble: 14, tick: 2, ellipsis: '…' };
const lanes = (title: string) => layOut(tell(runs[title]?.().events ?? []), measure).lanes;
const lane = (title: string, agent: string) => {
  const found = lanes(title).find((each) => each.lane.agent === agent);
  if (!found) throw new Error(`expected ${agent} in ${title}`);
  return found;
};
const cluster = (changes: Partial<Cluster> = {}): Cluster => ({
  ...{ x: 50, kind: 'reply', first: true, colour: 2, marks: [{ at: 0, kind: 'reply', first: true }] },
  ...changes,
});

describe('shapes', () => {
  it('a run is a bar, dashed before it starts, and open where it has not ended', () => {
    expect(bar(lane('eight agents', 'editor'))).to.match(/^<path class="wait".*<rect class="bar" /);
    expect(bar(lane('eight agents', 'archive'))).to.include('class="bar failed"');
    expect(bar(lane('not ended', 'chat'))).to.include('class="bar open"');
    expect(bar(lane('not ended', 'never started'))).to.match(/^<path class="wait" [^>]*>$/);
  });

  it('ends in a cut, in an arrow, or in a cross where no error is told of', () => {
    expect(end(lane('eight agents', 'slow model'))).to.include('class="cut"');
    expect(end(lane('not ended', 'chat'))).to.include('class="way"');
    const failed = lane('eight agents', 'archive');
    expect(end(failed)).to.equal('');
    expect(end({ ...failed, clusters: [] })).to.include('class="error"');
    expect(end(lane('eight agents', 'editor'))).to.equal('');
  });

  it('a message is a marble, larger where it is new, with a number where it stands for several', () => {
    expect(marble(cluster())).to.include('r="7"').and.include('c2');
    expect(marble(cluster({ first: false }))).to.include('r="4.5"');
    const [mark] = cluster().marks;
    expect(marble(cluster({ marks: Array.from({ length: 3 }, () => mark as never) }))).to.include('>3</text>');
    expect(marble(cluster({ marks: Array.from({ length: 300 }, () => mark as never) }))).to.include('>9+</text>');
  });

  it('what is asked is a mark above, an error a cross, a cancellation a cut', () => {
    expect(marble(cluster({ kind: 'asked' }))).to.include('class="asked"');
    expect(marble(cluster({ kind: 'error' }))).to.include('class="error"');
    expect(marble(cluster({ kind: 'cut' }))).to.include('class="cut"');
  });

  it('tokens are ticks, and what is passed on is a line', () => {
    expect(flow(lane('through ten agents', 'leaf')).match(/M/g)).to.have.length(30);
    expect(flow(lane('through ten agents', 'level 1'))).to.match(/^<rect class="stream c0" [^>]*>$/);
    expect(flow(lane('50,000 tokens', 'model')).length).to.be.below(1000);
  });

  it('words are escaped, and lanes without any are lower', () => {
    expect(
      titledMarble(lane('hostile texts', lanes('hostile texts')[0]?.lane.agent ?? '').clusters[0] as Cluster),
    ).to.match(/^<g><title>0 ms, was asked: \]\]&gt;&lt;\/script&gt;/);
    expect(words(lane('eight agents', 'archive'))).to.match(/^<text class="wrong" .*HttpError: the archive/);
    expect(heightOf(lane('through ten agents', 'leaf'))).to.be.above(heightOf(lane('through ten agents', 'level 1')));
  });
});
