import { expect } from 'chai';
import { observe } from '../../lib/testing/observe.js';
import { VirtualTime } from '../../lib/testing/virtual-time.js';

describe('observe', () => {
  const recorded = (diagram: string, subscription?: string) =>
    new VirtualTime(100).play((time, { cold }) => {
      const source = cold(diagram, undefined, new RangeError('boom'));
      return { seen: observe(time, source, subscription, (value) => value.toUpperCase()), source };
    });

  it('writes down what somebody sees, and in which frame', () => {
    const { seen } = recorded('-a-(b|)');
    expect(seen).to.deep.equal([
      { frame: 1, kind: 'N', value: 'A' },
      { frame: 3, kind: 'N', value: 'B' },
      { frame: 3, kind: 'C' },
    ]);
    expect(recorded('-#').seen)
      .to.deep.equal([{ frame: 1, kind: 'E', value: new RangeError('boom') }])
      .and.to.have.length(1);
  });

  it('subscribes and leaves as a diagram says', () => {
    const { seen, source } = recorded('-a-b-c|', '--^--!');
    expect(seen).to.deep.equal([{ frame: 3, kind: 'N', value: 'A' }]);
    expect(source.subscriptions).to.deep.equal([{ subscribedFrame: 2, unsubscribedFrame: 5 }]);
  });
});
