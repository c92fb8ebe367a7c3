import { expect } from 'chai';
import { is } from 'immutable';
import * as ours from 'miniagents';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { firstValueFrom, lastValueFrom, NEVER, of, toArray } from 'rxjs';
import { inside, rejection, texts, turn } from './support.js';

/** Loads the library again, as a package does that brings a copy of its own. */
function loadAgain(): typeof ours {
  const load = createRequire(__filename);
  const folder = dirname(load.resolve('miniagents'));
  const files = () => Object.keys(load.cache).filter((file) => file.startsWith(folder));
  const first = files().map((file) => [file, load.cache[file]] as const);
  for (const file of files()) delete load.cache[file];
  const again = load('miniagents') as typeof ours;
  for (const file of files()) delete load.cache[file];
  for (const [file, module] of first) load.cache[file] = module;
  return again;
}

describe('law 8: two copies of the library', () => {
  inside();
  const theirs = loadAgain();
  const fields = { text: 'text', role: 'user', data: { n: [1] } };
  const echo = ours.miniagent('echo', (ctx) => ctx.messages);
  const theirEcho = theirs.miniagent('echo', (ctx) => ctx.messages);

  it('are two', () => {
    expect(theirs.Message === ours.Message).to.be.false;
  });

  it("know each other's messages", () => {
    const [one, other] = [new ours.Message(fields), new theirs.Message(fields)];
    expect(one).to.be.instanceOf(theirs.Message);
    expect(other).to.be.instanceOf(ours.Message);
    expect(is(one, other) && is(other, one)).to.be.true;
    expect(one.hashKey).to.equal(other.hashKey);
    expect(one.hashCode()).to.equal(other.hashCode());
    expect(is(one, new theirs.ErrorMessage(fields))).to.be.false;
    expect(new theirs.ErrorMessage(fields)).to.be.instanceOf(ours.ErrorMessage);
  });

  it("know each other's defined messages, each by its type", () => {
    const [mine, yours] = [ours.defineMessage('LawCopied', { n: 0 }), theirs.defineMessage('LawCopied', { n: 0 })];
    const [one, other] = [new mine({ n: 1 }), new yours({ n: 1 })];
    expect(other).to.be.instanceOf(mine);
    expect(is(one, other)).to.be.true;
    const outer = new ours.Message({ data: { inside: other } });
    expect(is(outer, new theirs.Message({ data: { inside: one } }))).to.be.true;
    expect([...outer.subMessages()]).to.have.length(1);
    expect(is(ours.Message.fromJSON(other.toJSON()), one)).to.be.true;
  });

  it("forward each other's promises and sequences as they are", async () => {
    const promise = theirs.Message.stream(of('to', 'kens'));
    expect(promise).to.be.instanceOf(ours.MessagePromise).and.instanceOf(ours.StreamedPromise);
    expect((await firstValueFrom(echo.inquire([promise]))) === promise).to.be.true;
    const message = new theirs.Message(fields);
    const replies = echo.inquire(['a', theirEcho.inquire(['b', promise, echo.inquire(message)])]);
    expect(await texts(replies)).to.deep.equal(['a', 'b', 'tokens', 'text']);
    const sequence = theirEcho.inquire('c');
    expect(sequence).to.be.instanceOf(ours.MessageSequence);
    expect(ours.MessageSequence.from(sequence) === sequence).to.be.true;
    expect((await lastValueFrom(of('d').pipe(theirEcho, echo, toArray()))).length).to.equal(1);
  });

  it("know each other's errors, which stand at their places", async () => {
    const boom = new RangeError('boom');
    const replies = echo.inquire(['a', theirEcho.inquire(['b', boom, 'c']), 'd']);
    expect(await rejection(replies.resolve())).to.equal(boom);
    const expected = ['a', 'b', 'RangeError: boom', 'c', 'd'];
    expect(await texts(replies.errorsAsMessages())).to.deep.equal(expected);
    expect(await rejection(Promise.resolve().then(() => theirEcho.inquire(1 as never)))).to.be.instanceOf(
      ours.NotAMessageError,
    );
  });

  it("know each other's cancellations", async () => {
    const stopped = theirs.miniagent('never', () => NEVER).inquire();
    await turn();
    stopped.cancel();
    const error = await rejection(echo.inquire(stopped).resolve());
    expect(error).to.be.instanceOf(ours.CancelledError).and.instanceOf(ours.MiniAgentsError);
    expect(error).to.be.instanceOf(theirs.CancelledError).and.not.instanceOf(ours.LifecycleError);
  });
});
