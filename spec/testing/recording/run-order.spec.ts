import { expect } from 'chai';
import { RunOrder } from '../../../lib/testing/recording/run-order.js';
import type { RunEvent } from '../../../lib/testing/recording/run-order.js';

const wrong = (...types: RunEvent['type'][]) => {
  const order = new RunOrder('2.1');
  return types.flatMap((type) => order.take(type) ?? []);
};

describe('RunOrder', () => {
  it('what a run is asked may come before it starts, and after', () => {
    expect(wrong('received', 'receivedAll', 'started', 'replied', 'repliedAll', 'finished')).to.deep.equal([]);
    expect(wrong('started', 'replied', 'received', 'repliedAll', 'receivedAll', 'failed')).to.deep.equal([]);
  });

  it('what was on its way may come after a run was cancelled, but no other end', () => {
    expect(wrong('cancelled', 'received', 'started', 'replied')).to.deep.equal([]);
    for (const end of ['finished', 'failed', 'cancelled'] as const)
      expect(wrong('started', 'cancelled', end)).to.deep.equal([
        { expected: 'nothing more of run 2.1, which has ended', value: end },
      ]);
  });

  it('nothing comes after a run is over of itself', () => {
    for (const type of ['started', 'received', 'receivedAll', 'replied', 'repliedAll', 'cancelled'] as const)
      expect(wrong('started', 'finished', type)).to.deep.equal([
        { expected: 'nothing more of run 2.1, which has ended', value: type },
      ]);
  });

  it('a run starts once, and before it says anything or ends by itself', () => {
    expect(wrong('started', 'started')).to.deep.equal([{ expected: 'run 2.1 to start once', value: 'started' }]);
    for (const type of ['replied', 'repliedAll', 'finished', 'failed'] as const)
      expect(wrong(type)).to.deep.equal([{ expected: 'the start of run 2.1 before that', value: type }]);
  });

  it('all of it was all of it', () => {
    for (const type of ['received', 'receivedAll'] as const)
      expect(wrong('receivedAll', type)).to.deep.equal([
        { expected: 'nothing more received by run 2.1, after its receivedAll', value: type },
      ]);
    for (const type of ['replied', 'repliedAll'] as const)
      expect(wrong('started', 'repliedAll', type)).to.deep.equal([
        { expected: 'nothing more replied by run 2.1, after its repliedAll', value: type },
      ]);
  });

  it('a message that is new has the id of its place, whatever came before', () => {
    const order = new RunOrder('2.1');
    expect([order.place('received'), order.place('replied'), order.place('replied')]).to.deep.equal([
      '2.1<1',
      '2.1>1',
      '2.1>2',
    ]);
  });
});
