import { expect } from 'chai';
import { TokenLog } from '../../lib/streams/token-log.js';
import { TokenReader } from '../../lib/streams/token-reader.js';
import { Counted, failureOf, readNow, TestScope } from './support.js';

describe('TokenReader', () => {
  const failed = (error: unknown, quiet = false, ...tokens: string[]) => {
    const log = new TokenLog();
    for (const token of tokens) log.append(token);
    log.end(failureOf(error), quiet);
    return log;
  };
  const read = (log: TokenLog, errorAsText = false) => readNow(new TokenReader(log, new Counted(), errorAsText));

  it('reads the tokens', () => {
    const log = new TokenLog();
    const reader = new TokenReader(log, new Counted(), false);
    log.append('a');
    expect(readNow(reader)).to.deep.equal(['a', 'waiting']);
    log.end();
    expect(readNow(reader)).to.deep.equal(['end']);
  });

  it('reads, after the tokens, the error that cut the message short', () => {
    expect(read(failed(new RangeError('boom'), false, 'a', 'b'))).to.deep.equal(['a', 'b', 'error: RangeError: boom']);
  });

  it('reads it as a last token, on a line of its own, for those who want it so', () => {
    const boom = new RangeError('boom');
    expect(read(failed(boom, false, 'a', 'b'), true)).to.deep.equal(['a', 'b', '\nRangeError: boom', 'end']);
    expect(read(failed(boom), true)).to.deep.equal(['RangeError: boom', 'end']);
  });

  it('consumes the error as it becomes text, not as it is read', () => {
    const scope = new TestScope();
    const [asText, asError] = [new TokenLog(), new TokenLog()];
    asText.end(scope.fail('as text'));
    asError.end(scope.fail('as error'));
    read(asText, true);
    read(asError, false);
    expect(scope.unconsumed()).to.deep.equal(['as error']);
  });

  it('just ends, where the failure is a quiet one', () => {
    for (const errorAsText of [true, false]) {
      expect(read(failed('left', true, 'a'), errorAsText)).to.deep.equal(['a', 'end']);
    }
  });

  it('reads the same later', () => {
    const log = failed('boom', false, 'a', 'b');
    expect(read(log)).to.deep.equal(read(log)).and.deep.equal(['a', 'b', 'error: boom']);
    expect(read(log, true)).to.deep.equal(read(log, true));
  });
});
