import { expect } from 'chai';
import { unrecorded } from '../../../lib/testing/recording/nearest.js';
import { conversation, runOf, said } from './support.js';

describe('unrecorded', () => {
  const runs = [runOf(conversation('1', 'something else')), runOf(conversation('2', 'a digest of 3 pages'))];
  const asked = (text: string) => ({ params: {}, asked: [{ value: said(text) }], askedAll: true });

  it('compares with the question that is most like it', () => {
    const error = unrecorded('leaf', asked('a digest of 4 pages'), runs);
    expect(error.nearest).to.equal('2');
    expect(error.message).to.include('of run 2, which is nearest, message 1 differs');
    expect(error.difference).to.include('[-3-]{+4+}');
  });

  it('says so where there is none, and where only parameters differ', () => {
    expect(unrecorded('leaf', asked('a'), []).message).to.include('it has no run of that agent');
    const other = { ...asked('something else'), params: { temperature: 1 } };
    expect(unrecorded('leaf', other, runs).difference).to.equal('+ temperature: 1');
  });
});
