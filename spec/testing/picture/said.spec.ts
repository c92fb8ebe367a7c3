import { expect } from 'chai';
import { errorText, textOf, wordsOf } from '../../../lib/testing/picture/said.js';
import type { Mark, ToldMessage } from '../../../lib/testing/picture/story.js';

const told = (message: Partial<ToldMessage>): Mark => ({
  ...{ at: 0, kind: 'reply', first: true, message: { tokens: [], ...message } as ToldMessage },
});

describe('said', () => {
  it('is the text, or what there is of it', () => {
    expect(textOf({ tokens: ['a', 'b'] } as never)).to.equal('ab');
    expect(textOf({ tokens: ['a'], whole: { $type: 'Message', text: 'all' } } as never)).to.equal('all');
    expect(wordsOf(told({ tokens: ['so ', 'far'] }))).to.equal('so far');
  });

  it('is an error in one line', () => {
    expect(errorText({ name: 'RangeError', message: 'boom' })).to.equal('RangeError: boom');
    expect(errorText({ name: 'RangeError', message: '' })).to.equal('RangeError');
    expect(wordsOf({ at: 0, kind: 'error', first: true, error: { name: 'E', message: 'm' } })).to.equal('E: m');
  });

  it('is something where there are no words', () => {
    expect(wordsOf(told({}))).to.equal('(no text yet)');
    expect(wordsOf(told({ whole: { $type: 'Message', text: ' ' } }))).to.equal('(empty Message)');
    expect(wordsOf(told({ whole: { $type: 'Vector', text: '', data: { size: 3 } } }))).to.equal('Vector {"size":3}');
  });
});
