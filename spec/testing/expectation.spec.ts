import { expect } from 'chai';
import { InvalidArgumentError } from '../../lib/errors/invalid-argument-error.js';
import { happeningsOf } from '../../lib/testing/diagram.js';
import { Expectation } from '../../lib/testing/expectation.js';

describe('Expectation', () => {
  const seeing = (diagram: string, error?: unknown) =>
    new Expectation<string>(
      () => 'the tokens of agent leaf',
      () => happeningsOf(diagram, error),
    );

  it('is met by the same values in the same frames, and the same end', () => {
    const expectation = seeing('-a-(bc)|');
    expectation.toBe('-x-(bc)|', { x: 'a' });
    expect(expectation.check()).to.equal(undefined);
  });

  for (const [what, expected] of [
    ['another frame', '--a(b|)'],
    ['another value', '-a-x|'],
    ['another end', '-a-b-|'],
    ['an error', '-a-b#'],
    ['less', '-a-|'],
    ['more', '-a-bc|'],
  ] as const)
    it(`is not met by ${what}`, () => {
      const expectation = seeing('-a-b|');
      expectation.toBe(expected);
      expect(expectation.check()).to.have.property('name', 'MarbleMismatchError');
    });

  it('draws both, one below the other, with what letters and errors stand for', () => {
    const expectation = seeing('--a-#', new RangeError('boom'));
    expectation.toBe('--x--(b|)', { x: 'Hello' });
    expect(expectation.check()?.message).to.equal(
      [
        'the tokens of agent leaf: not as expected',
        '',
        '  expected  --x--(b|)',
        '  actual    --a-#',
        '  x = "Hello"',
        '  # actual = RangeError: boom',
        '',
      ].join('\n'),
    );
  });

  it('tells of asyncMarbles where nothing came, and nowhere else', () => {
    const nothing = seeing('-');
    nothing.toBe('(a|)');
    expect(nothing.check()?.message).to.match(/ actual *\n  \(nothing came; .* that is for asyncMarbles\)\n$/);
    const something = seeing('-a|');
    something.toBe('-');
    expect(something.check()?.message).not.to.include('asyncMarbles');
  });

  it('compares errors by name and message', () => {
    const expectation = seeing('-#', new RangeError('boom'));
    expectation.toBe('-#', {}, new RangeError('boom'));
    expect(expectation.check()).to.equal(undefined);
    expectation.toBe('-#', {}, new Error('boom'));
    expect(expectation.check()).not.to.equal(undefined);
  });

  it('is not met where nothing was ever expected', () => {
    expect(seeing('-a|').check()?.message).to.match(/^nothing was expected of the tokens of agent leaf: call toBe/);
  });

  it('refuses a diagram that cannot be read', () => {
    expect(() => seeing('').toBe('-(a|')).to.throw(InvalidArgumentError, 'groups are closed');
  });
});
