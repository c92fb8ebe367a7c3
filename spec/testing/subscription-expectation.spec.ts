import { expect } from 'chai';
import { InvalidArgumentError } from '../../lib/errors/invalid-argument-error.js';
import { SubscriptionExpectation } from '../../lib/testing/subscription-expectation.js';

describe('SubscriptionExpectation', () => {
  const seeing = (...subscriptions: [number, number][]) =>
    new SubscriptionExpectation(
      subscriptions.map(([subscribedFrame, unsubscribedFrame]) => ({ subscribedFrame, unsubscribedFrame })),
    );

  it('is met by the same subscriptions in the same order', () => {
    const one = seeing([0, 3]);
    one.toBe('^--!');
    const several = seeing([2, Infinity], [4, 4], [0, 60]);
    several.toBe(['--^', '----(^!)', '^ 59ms !']);
    const none = seeing();
    none.toBe([]);
    expect([one, several, none].map((each) => each.check())).to.deep.equal([undefined, undefined, undefined]);
  });

  it('is met by no subscription, where a diagram has none; one that only ends is refused', () => {
    const none = seeing();
    none.toBe('---');
    const one = seeing([0, 3]);
    one.toBe('');
    expect([none, one].map((each) => each.check()?.actual)).to.deep.equal([undefined, '^--!']);
    expect(() => none.toBe('--!')).to.throw(InvalidArgumentError, 'that begins, such as "^--!"; got "--!"');
  });

  it('draws what was expected and what was seen', () => {
    const expectation = seeing([0, 3], [5, Infinity]);
    expectation.toBe('^---!');
    expect(expectation.check()).to.include({ expected: '^---!', actual: '^--!\n            -----^' });
    const none = seeing();
    none.toBe('^');
    expect(none.check()?.message).to.equal('the subscriptions: not as expected\n\n  expected  ^\n  actual    (none)\n');
  });

  it('is not met where nothing was ever expected', () => {
    expect(seeing([0, 3]).check()?.message).to.match(/^nothing was expected of the subscriptions: call toBe/);
  });
});
