import { expect } from 'chai';
import { TestScheduler } from 'rxjs/testing';
import { InvalidArgumentError } from '../../lib/errors/invalid-argument-error.js';
import { checkColdDiagram, checkDiagram, happeningsOf, subscriptionOf } from '../../lib/testing/diagram.js';

describe('diagram', () => {
  it('says what happens in which frame, each letter standing for itself', () => {
    expect(happeningsOf('-a-(bc)|', undefined)).to.deep.equal([
      { frame: 1, kind: 'N', value: 'a' },
      { frame: 3, kind: 'N', value: 'b' },
      { frame: 3, kind: 'N', value: 'c' },
      { frame: 7, kind: 'C' },
    ]);
    expect(happeningsOf('10ms #', 'boom')).to.deep.equal([{ frame: 10, kind: 'E', value: 'boom' }]);
  });

  it('leaves RxJS counting frames as before', () => {
    happeningsOf('-a', undefined);
    expect(TestScheduler.frameTimeFactor).to.equal(10);
  });

  for (const [diagram, what] of [
    ['-a-10ms-b|', 'times stand between spaces'],
    ['-a 10ms', 'times stand between spaces'],
    ['10s|', 'times stand between spaces'],
    ['100 ms a|', 'times stand between spaces'],
    ['-(ab|', 'groups are closed'],
    ['-ab)|', 'groups are closed'],
    ['-(a(b))|', 'not in each other'],
    ['-a|b', 'nothing comes after the end'],
    ['-#-|', 'nothing comes after the end'],
    [42, 'which is a string; got 42'],
  ] as const) {
    it(`refuses ${JSON.stringify(diagram)}`, () => {
      expect(() => checkDiagram(diagram)).to.throw(InvalidArgumentError, what);
    });
  }

  for (const diagram of [
    '',
    '-',
    ' -a  b |',
    '(a|)',
    '-(ab)-|',
    '9ms a--(b|)',
    'a 1.5s b 2m |',
    'a 10ms 5ms b|',
    '--^a-|',
    'ms',
  ])
    it(`takes "${diagram}"`, () => {
      expect(() => checkDiagram(diagram)).not.to.throw();
    });

  it('refuses ^ in a cold one, which begins when it is subscribed to', () => {
    expect(() => checkColdDiagram('-a^-b|')).to.throw(InvalidArgumentError, 'without ^, which is for hot ones');
    expect(() => checkColdDiagram('-a|b')).to.throw(InvalidArgumentError, 'nothing comes after the end');
    expect(() => checkColdDiagram('-a|')).not.to.throw();
  });

  it('says when a subscription begins and ends, if it does', () => {
    expect(subscriptionOf('--^---!')).to.deep.equal({ from: 2, to: 6 });
    expect(subscriptionOf('--(^!)')).to.deep.equal({ from: 2, to: 2 });
    expect(subscriptionOf('---!')).to.deep.equal({ from: Infinity, to: 3 });
    expect(subscriptionOf('---')).to.deep.equal({ from: Infinity, to: Infinity });
  });

  for (const diagram of [7, undefined, '-!-^', '^-^', '^!-!'])
    it(`refuses ${String(diagram)} as when a subscription begins and ends`, () => {
      expect(() => subscriptionOf(diagram as never)).to.throw(InvalidArgumentError, 'such as "^--!"');
    });
});
