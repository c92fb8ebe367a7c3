import { expect } from 'chai';
import { is } from 'immutable';
import { CancelledError, InvalidArgumentError, Message, miniagent, MiniAgents } from 'miniagents';
import type { MessageSequence, MiniAgentsOptions } from 'miniagents';
import { AgentCall, AgentReply, persistTrace, traceNodes } from 'miniagents/trace';
import { asyncMarbles } from 'miniagents/testing';
import { from, NEVER, of, takeUntil, throwError, timer } from 'rxjs';
import { turn } from '../laws/support.js';

const leaf = miniagent('leaf', (ctx) => ['leaf says', ctx.messages]);
const top = miniagent('top', (ctx) => ctx.inquire(leaf, ['one', ctx.messages]));
const failing = miniagent('failing', (ctx) => {
  ctx.reply('before');
  throw new RangeError('boom');
});

/** Runs something in a MiniAgents that is traced, and gives the nodes. */
async function traced(work: (miniAgents: MiniAgents) => unknown, options: MiniAgentsOptions = {}) {
  const miniAgents = new MiniAgents({ onUnhandledError: () => {}, ...options });
  const nodes: (AgentCall | AgentReply)[] = [];
  traceNodes(miniAgents).subscribe((node) => nodes.push(node));
  await miniAgents.run(() => work(miniAgents)).catch(() => {});
  return nodes;
}

const swallow = (replies: MessageSequence) => replies.resolve().catch(() => {});

/** Calls and replies, in words. */
const shown = (nodes: readonly (AgentCall | AgentReply)[]): string[] =>
  nodes.map((node) => {
    const messages = node.messages.map(String).join(', ');
    if (!(node instanceof AgentReply)) return `${(node as AgentCall).path}: ${messages}`;
    return `${node.call.path} ${node.outcome}${node.error && ` (${node.error})`}: ${messages}`;
  });

describe('traceNodes', () => {
  for (const startSoon of [true, false])
    describe(`with startSoon: ${startSoon}`, () => {
      it('who inquired whom with what, and what came back (B118, B119)', async () => {
        const nodes = await traced(() => top.inquire('question'), { startSoon });
        expect(shown(nodes)).to.deep.equal([
          'leaf <- top: one, question',
          'leaf <- top finished: leaf says, one, question',
          'top: question',
          'top finished: leaf says, one, question',
        ]);
        const [call] = nodes as [AgentCall];
        expect(call.toObject()).to.include({ agent: 'leaf', id: '1.1', parent: '1' });
        expect(nodes.every((node) => node instanceof Message)).to.equal(true);
      });

      it('an agent that failed: what it said first, and its error (B118, B119)', async () => {
        const nodes = await traced(() => swallow(failing.inquire('question')), { startSoon });
        expect(shown(nodes)).to.deep.equal([
          'failing: question',
          'failing failed (RangeError: boom): before, RangeError: boom',
        ]);
      });

      it('an error of another stands where it came', async () => {
        const agent = miniagent('agent', (ctx) => ['first', ctx.inquire(failing), 'last']);
        const nodes = await traced(() => swallow(agent.inquire()), { startSoon });
        expect(shown(nodes).at(-1)).to.equal('agent finished: first, before, RangeError: boom, last');
      });

      it('the same with errors as messages', async () => {
        const agent = miniagent('agent', (ctx) => ['first', ctx.inquire(failing), 'last']);
        const plain = await traced(() => swallow(agent.inquire()), { startSoon });
        const nodes = await traced(() => agent.inquire(), { startSoon, errorsAsMessages: true });
        expect(shown(nodes)).to.deep.equal(shown(plain));
      });

      it('an agent that was cancelled, and what it had inquired: what it had said', async () => {
        const nodes = await asyncMarbles(({ tokens }) => {
          const half = () => tokens('-h', { role: 'assistant' }, { h: 'half of' });
          const outer = miniagent('outer', (ctx) => ['said', ctx.inquire(miniagent('inner', half)), NEVER]);
          const cancelled = () => {
            const replies = outer.inquire();
            timer(2).subscribe(() => replies.cancel('enough'));
            return swallow(replies);
          };
          return traced(cancelled, { startSoon });
        });
        expect(shown(nodes)).to.have.members([
          'inner <- outer: ',
          'inner <- outer cancelled: half of\nCancelledError: agent outer was cancelled: enough',
          'outer: ',
          'outer cancelled: said, half of\nCancelledError: agent outer was cancelled: enough',
        ]);
        expect(nodes.flatMap((node) => node.messages.filter(({ role }) => role === 'assistant'))).to.have.lengthOf(2);
      });
    });

  it('parameters, presets of forks included; of what no message can hold, what it was', async () => {
    const fork = leaf.fork({ mark: '!', depth: 1, client: () => {} });
    const [call] = await traced(() => fork.inquire(null, { depth: 2, tags: ['a', new Set()] }));
    expect((call as AgentCall).params).to.deep.equal({
      mark: '!',
      depth: 2,
      client: 'client (function)',
      tags: ['a', '[object Set] (Set)'],
    });
  });

  it('parameters named as the fields of nodes are disturb nothing (bug 7)', async () => {
    const params = { agent: 'a', messages: 1, replies: 2, call: 3, id: 4, path: 5, $type: 6 };
    const [call] = await traced(() => leaf.inquire('question', params));
    const { $type, ...others } = params;
    expect((call as AgentCall).params).to.deep.equal({ ...others, '($type)': $type });
    expect(shown([call as AgentCall])).to.deep.equal(['leaf: question']);
  });

  it('nodes hold the very messages, and a reply its call', async () => {
    const message = new Message({ text: 'question' });
    const [call, reply] = (await traced(() => leaf.inquire(message))) as [AgentCall, AgentReply];
    expect(call.messages[0]).to.equal(message);
    expect(reply.messages[1]).to.equal(message);
    expect(is(reply.call, call)).to.equal(true);
    expect([...reply.subMessages()]).to.include(message);
  });

  it('the same run has the same nodes', async () => {
    const once = () => traced(() => [top.inquire('question'), leaf.fork({ n: 1 }).inquire()].map((each) => each)[0]);
    const [one, other] = [await once(), await once()];
    expect(one.length).to.be.greaterThan(5);
    expect(one.map(({ hashKey }) => hashKey)).to.deep.equal(other.map(({ hashKey }) => hashKey));
  });

  it('nodes come back from JSON as what they were', async () => {
    for (const node of await traced(() => top.inquire('question'))) {
      const copy = Message.fromJSON(JSON.parse(JSON.stringify(node)) as object);
      expect(copy).to.be.instanceOf(node instanceof AgentCall ? AgentCall : AgentReply);
      expect(is(copy, node)).to.equal(true);
    }
  });

  it('consumes no error: one that nobody reads is reported all the same', async () => {
    const reported: unknown[] = [];
    const nodes = await traced(() => void failing.inquire(throwError(() => new TypeError('asked'))), {
      onUnhandledError: (error) => reported.push(String(error)),
    });
    expect(reported).to.have.members(['RangeError: boom', 'TypeError: asked']);
    expect(shown(nodes)[0]).to.equal('failing: TypeError: asked');
  });

  it('waits for a message that comes later than the end of who received it', async () => {
    const deaf = miniagent('deaf', () => 'done');
    const nodes = await asyncMarbles(({ tokens }) => traced(() => deaf.inquire(tokens('--l|')).resolve()));
    expect(shown(nodes)).to.deep.equal(['deaf: l', 'deaf finished: done']);
  });

  it('shows a message that never ends as far as it came when the run ended', async () => {
    const nodes = await asyncMarbles(({ tokens }) => {
      const endless = tokens('-o', {}, { o: 'on and on' });
      return traced(() => {
        const replies = leaf.inquire(endless);
        timer(2).subscribe(() => replies.cancel());
      });
    });
    expect(shown(nodes)[1]).to.match(/^leaf cancelled: leaf says, on and on\nCancelledError: .*not whole when/);
  });

  it('tells of a run that its subscriber left, too', async () => {
    const left$ = miniagent('endless', () => ['said', NEVER])('x').pipe(takeUntil(timer(2)));
    const nodes = await asyncMarbles(() => traced(() => left$.forEach(() => {})));
    expect(shown(nodes)).to.deep.equal(['endless: x', 'endless cancelled: said']);
  });

  it('tells each subscriber of the inquiries made from then on, until it leaves', async () => {
    const miniAgents = new MiniAgents();
    const [early, late]: Message[][] = [[], []];
    const subscription = traceNodes(miniAgents).subscribe((node) => early?.push(node));
    await miniAgents.run(() => leaf.inquire('one'));
    subscription.unsubscribe();
    traceNodes(miniAgents).subscribe((node) => late?.push(node));
    await miniAgents.run(() => leaf.inquire('two'));
    expect(early?.map((node) => (node instanceof AgentCall ? node.id : ''))).to.deep.equal(['1', '']);
    expect(late?.map((node) => (node instanceof AgentCall ? node.id : ''))).to.deep.equal(['2', '']);
  });

  it('knows nothing of an inquiry that was begun before somebody subscribed', async () => {
    await asyncMarbles(async ({ agent, expectTokens, expectObservable }) => {
      const miniAgents = new MiniAgents();
      expectObservable(traceNodes(miniAgents), '--^').toBe('-');
      await miniAgents.run(() => expectTokens(agent('gated', '---x|').inquire()).toBe('---x|'));
    });
  });

  it('leaves nothing behind when its subscriber leaves', () => {
    const miniAgents = new MiniAgents();
    const subscription = traceNodes(miniAgents).subscribe();
    expect([miniAgents.beforePersisted.size, miniAgents.events.onErrorOrEnd.size]).to.deep.equal([1, 1]);
    subscription.unsubscribe();
    expect([miniAgents.beforePersisted.size, miniAgents.events.onErrorOrEnd.size]).to.deep.equal([0, 0]);
  });

  it('traces a MiniAgents and nothing else', () => {
    for (const other of [undefined, {}, leaf]) {
      expect(() => traceNodes(other as never)).to.throw(InvalidArgumentError, 'a MiniAgents to trace');
      expect(() => persistTrace(other as never)).to.throw(InvalidArgumentError);
    }
  });
});

describe('persistTrace', () => {
  it('hands nodes to those who persist: each once, after what is inside, before the run resolves (B111)', async () => {
    const kept: Message[] = [];
    const miniAgents = new MiniAgents({
      onPersistMessages: async (messages) => {
        await turn();
        kept.push(...messages);
      },
    });
    const subscription = persistTrace(miniAgents);
    await miniAgents.run(() => top.inquire('question'));
    const texts = kept.map(
      (message) => (message instanceof Message && message.text) || message.inspect().split(' ')[0],
    );
    expect(texts.slice().sort()).to.deep.equal(
      ['AgentCall', 'AgentCall', 'AgentReply', 'AgentReply', 'leaf says', 'one', 'question'].sort(),
    );
    for (const node of kept)
      for (const inner of node.subMessages())
        expect(kept.findIndex((each) => is(each, inner))).to.be.within(0, kept.indexOf(node) - 1);
    subscription.unsubscribe();
    await miniAgents.run(() => top.inquire('question'));
    expect(kept).to.have.lengthOf(7);
  });

  it('and to those only who persist still', async () => {
    const kept: Message[] = [];
    const miniAgents = new MiniAgents();
    persistTrace(miniAgents);
    miniAgents.onPersistMessages((messages) => void kept.push(...messages)).unsubscribe();
    await miniAgents.run(() => top.inquire(of('question')));
    expect(kept).to.deep.equal([]);
  });

  it('what was cancelled with the whole of it is persisted too', async () => {
    const kept: Message[] = [];
    const miniAgents = new MiniAgents({ onPersistMessages: (messages) => void kept.push(...messages) });
    persistTrace(miniAgents);
    await asyncMarbles(({ expectObservable }) => {
      const run = miniAgents.run(() => miniagent('endless', () => ['said', NEVER]).inquire());
      timer(2).subscribe(() => miniAgents.cancel('over'));
      expectObservable(from(run)).toBe('--#', {}, new CancelledError('the MiniAgents', 'over'));
    });
    const replies = kept.filter((message): message is AgentReply => message instanceof AgentReply);
    expect(replies.map(({ outcome }) => outcome)).to.deep.equal(['cancelled']);
  });
});
