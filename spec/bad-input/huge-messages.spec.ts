import { expect } from 'chai';
import { is } from 'immutable';
import { Message, miniagent } from 'miniagents';
import { from, lastValueFrom, reduce } from 'rxjs';
import { inside, pass, turn } from '../laws/support.js';

const MiB = 2 ** 20;
const block = 'x'.repeat(MiB);

describe('bad input: a huge message (50 MB)', () => {
  inside();

  it('as a text: passes ten agents as the same message, and has its hashKey', async () => {
    const text = block.repeat(50);
    const message = new Message({ text });
    let replies = pass.inquire(message);
    for (let level = 0; level < 10; level++) replies = pass.inquire(replies);
    const whole = (await replies.resolve()).first();
    expect(whole === message).to.be.true;
    expect(whole?.text.length).to.equal(50 * MiB);
    expect(message.hashKey).to.match(/^[0-9a-f]{64}$/);
    expect(message.hashKey).to.equal(new Message({ text }).hashKey);
    expect(message.hashKey).not.to.equal(message.set('text', `${text}!`).hashKey);
  });

  it('as tokens of a megabyte, and as 500,000 small ones', async () => {
    const small = 'y'.repeat(100);
    for (const [token, count] of [
      [block, 50],
      [small, 500_000],
    ] as const) {
      const agent = miniagent('agent', () => Message.stream(from(Array.from({ length: count }, () => token))));
      const replies = agent.inquire();
      const length = reduce((total: number, each: string) => total + each.length, 0);
      expect(await lastValueFrom(replies.tokens$.pipe(length))).to.equal(token.length * count);
      expect((await replies.text()).length).to.equal(token.length * count);
    }
  });

  it('as data of 50 fields, there and back as JSON', () => {
    const data = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`field${n}`, block]));
    const message = new Message({ data });
    const back = Message.fromJSON(JSON.parse(JSON.stringify(message)) as object);
    expect(is(back, message)).to.be.true;
  });

  it('its errors do not quote it whole', async () => {
    const text = block.repeat(50);
    const wrong = (): unknown => new Message({ text: [text] as never });
    expect(wrong).to.throw(TypeError).with.property('message').with.length.lessThan(1_000);
    const agent = miniagent('agent', (ctx) => ctx.reply([text, 42 as never]));
    const error = await agent
      .inquire()
      .resolve()
      .catch((reason: Error) => reason);
    expect(error).to.be.instanceOf(TypeError).with.property('message').with.length.lessThan(1_000);
    await turn();
  });
});
