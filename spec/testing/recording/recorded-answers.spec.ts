import { expect } from 'chai';
import { RecordedAnswers } from '../../../lib/testing/recording/recorded-answers.js';
import { UnrecordedQuestionError } from '../../../lib/testing/recording/unrecorded-question-error.js';
import { conversation, runOf, said } from './support.js';

describe('RecordedAnswers', () => {
  const runs = ['a', 'b', 'a'].map((question, index) => runOf(conversation(`${index + 1}`, question)));
  const asked = (...texts: string[]) => ({
    params: {},
    asked: texts.map((text) => ({ value: said(text) })),
    askedAll: true,
  });
  const nothingYet = { params: {}, asked: [], askedAll: false };

  it('take each run once, those of equal questions in turn', () => {
    const answers = new RecordedAnswers('leaf', runs);
    const taken = ['a', 'b', 'a'].map((text) => answers.take(asked(text))?.id);
    expect(taken).to.deep.equal(['1', '2', '3']);
    expect(() => answers.take(asked('a'))).to.throw(UnrecordedQuestionError, 'only 2 times');
    expect(() => answers.take(asked('c'))).to.throw(UnrecordedQuestionError, 'differs');
  });

  it('wait until it is known which run is meant; where all are the same, it is', () => {
    expect(new RecordedAnswers('leaf', runs).take(nothingYet)).to.equal(undefined);
    expect(new RecordedAnswers('leaf', [runs[0]!, runs[2]!]).take(nothingYet)?.id).to.equal('1');
  });

  it('prefer the run with the nearest parameters', () => {
    const some = [
      { ...runs[0]!, id: '1', params: { a: 1, b: 2 } },
      { ...runs[0]!, id: '2', params: { a: 1 } },
    ];
    expect(new RecordedAnswers('leaf', some).take({ ...asked('a'), params: { a: 1 } })?.id).to.equal('2');
  });

  it('see later that another question was meant', () => {
    expect(() => new RecordedAnswers('leaf', runs).check(asked('z'), runs[0]!)).to.throw(UnrecordedQuestionError);
  });
});
