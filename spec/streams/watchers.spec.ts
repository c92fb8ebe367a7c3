import { expect } from 'chai';
import { callWatchers } from '../../lib/streams/watchers.js';
import type { Watchers } from '../../lib/streams/watchers.js';

describe('callWatchers', () => {
  it('runs those that read the whole first, each in the order in which they came', () => {
    const log: string[] = [];
    const watchers: Watchers = new Map();
    const watch = (name: string, readsWhole: boolean) => watchers.set({ run: () => log.push(name) }, readsWhole);
    watch('run', false);
    watch('reader', true);
    watch('sequence', false);
    watch('other reader', true);
    callWatchers(watchers);
    expect(log).to.deep.equal(['reader', 'other reader', 'run', 'sequence']);
  });

  it('leaves those that come meanwhile for another time', () => {
    let late = 0;
    const watchers: Watchers = new Map();
    watchers.set({ run: () => watchers.set({ run: () => late++ }, false) }, true);
    callWatchers(watchers);
    expect(late).to.equal(0);
    callWatchers(watchers);
    expect(late).to.equal(1);
  });
});
