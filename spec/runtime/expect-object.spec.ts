import { expect } from 'chai';
import { InvalidArgumentError } from '../../lib/errors/invalid-argument-error.js';
import { expectObject } from '../../lib/runtime/expect-object.js';

describe('expectObject', () => {
  it('takes objects such as { … }', () => {
    for (const given of [{}, { a: 1 }, Object.create(null)])
      expect(() => expectObject('options', given)).not.to.throw();
  });

  it('says what is expected, and what came', () => {
    for (const given of [undefined, null, 5, 'text', [], () => {}, new Date(0)])
      expect(() => expectObject('options', given)).to.throw(
        InvalidArgumentError,
        'expected an object of options; got ',
      );
  });
});
