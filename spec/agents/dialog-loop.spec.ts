import { expect } from 'chai';
import { InvalidArgumentError, Message, MiniAgents, miniagent } from 'miniagents';
import type { MessageType } from 'miniagents';
import { dialogLoop, EndOfLoop, inMemoryHistoryAgent, LoopInterruptedError, userAgent } from 'miniagents/agents';
import { concatMap, finalize, map, NEVER, of, tap } from 'rxjs';
import { forEachStart, inside, marbles, rejection, texts } from '../laws/support.js';
import { heard, speaker } from './support.js';

const prompt = new Message({ role: 'system', text: 'PROMPT' });
const said = (text: string) => ({ role: 'user', text });
const answered = (text: string) => ({ role: 'assistant', text });

function dialog(userLines: MessageType[], assistantLines: MessageType[], options: object = {}) {
  const [user, assistant] = [speaker('user', userLines), speaker('assistant', assistantLines)];
  return { loop: dialogLoop({ user, assistant, ...options }), user, assistant };
}

describe('dialogLoop', () => {
  forEachStart(() => {
    it('B127: the assistant gets what the user said, then the prompt; an interruption ends it with no replies', async () => {
      const { loop, user, assistant } = dialog([said('u1'), new LoopInterruptedError()], [answered('a2')]);
      expect(await texts(loop.inquire(prompt))).to.deep.equal([]);
      expect(heard(assistant)).to.deep.equal([['user:u1', 'system:PROMPT']]);
      expect(heard(user)).to.deep.equal([[], ['assistant:a2']]);
    });

    it('B127: the prompt can come first', async () => {
      const { loop, assistant } = dialog([said('u1'), new LoopInterruptedError()], [], { promptFirst: true });
      await loop.inquire(prompt).resolve();
      expect(heard(assistant)).to.deep.equal([['system:PROMPT', 'user:u1']]);
    });

    it('B128: turns; what was said before is the user’s to remember', async () => {
      const { loop, user, assistant } = dialog(
        [said('u1'), said('u3'), new LoopInterruptedError()],
        [answered('a2'), answered('a4')],
      );
      await loop.inquire(prompt).resolve();
      expect(heard(user)).to.deep.equal([[], ['assistant:a2'], ['assistant:a4']]);
      expect(heard(assistant)).to.deep.equal([
        ['user:u1', 'system:PROMPT'],
        ['user:u3', 'system:PROMPT'],
      ]);
    });
  });

  const here = inside();

  it('ends when the user has nothing to say', async () => {
    const { loop, assistant } = dialog(['u1', 'u3'], ['a2', 'a4', 'a6']);
    expect(await texts(loop.inquire())).to.deep.equal([]);
    expect(heard(assistant)).to.deep.equal([['u1'], ['u3']]);
  });

  it('goes on when it is the assistant who has not', async () => {
    const { loop, user } = dialog(['u1', 'u3'], [null, 'a4']);
    await loop.inquire().resolve();
    expect(heard(user)).to.deep.equal([[], [], ['a4']]);
  });

  it('ends at an EndOfLoop, with what the user said beside it', async () => {
    const { loop, assistant } = dialog(['u1', ['bye', new EndOfLoop()]], ['a2']);
    expect(await texts(loop.inquire(prompt))).to.deep.equal(['bye']);
    expect(heard(assistant)).to.deep.equal([['u1', 'system:PROMPT']]);
  });

  it('ends when until says so', async () => {
    const until = (messages: Iterable<Message>) => [...messages].some(({ text }) => text === 'bye');
    const { loop, assistant } = dialog(['u1', 'bye', 'u5'], ['a2'], { until });
    expect(await texts(loop.inquire())).to.deep.equal(['bye']);
    expect(heard(assistant)).to.have.length(1);
  });

  describe('with a user agent', () => {
    const input = (...lines: MessageType[]) => miniagent('input', (ctx) => [ctx.messages, lines.shift()]);
    const assistant = miniagent('assistant', (ctx) =>
      ctx.messages.whole$.pipe(map((messages) => answered(`${messages.size}`))),
    );

    it('the assistant is asked the whole conversation, and the loop replies with it', async () => {
      const user = userAgent({ input: input(said('u1'), said('u3'), new EndOfLoop()) });
      const replies = await dialogLoop({ user, assistant }).inquire(prompt).resolve();
      expect(replies.map(String).toArray()).to.deep.equal(['u1', '2', 'u3', '4']);
    });

    it('a conversation can be taken up again', async () => {
      const history = inMemoryHistoryAgent();
      const talk = (...lines: MessageType[]) =>
        texts(dialogLoop({ user: userAgent({ input: input(...lines), history }), assistant }).inquire());
      expect(await talk('u1', new EndOfLoop())).to.deep.equal(['u1', '1']);
      expect(await talk('u3', new LoopInterruptedError())).to.deep.equal([]);
      expect(await talk('u5', new EndOfLoop())).to.deep.equal(['u1', '1', 'u3', '3', 'u5', '5']);
    });

    it('and again where errors are messages: an interruption is no part of it, other errors are', async () => {
      const history = inMemoryHistoryAgent();
      const talk = (...lines: MessageType[]) => {
        const user = userAgent({ input: input(...lines), history });
        return new MiniAgents({ errorsAsMessages: true }).run(() => dialogLoop({ user, assistant }).inquire());
      };
      expect((await talk('u1', new LoopInterruptedError())).size).to.equal(0);
      const replies = await talk(new RangeError('boom'), new EndOfLoop());
      expect(replies.map(String).toArray()).to.deep.equal(['u1', '1', 'RangeError: boom', '3']);
    });

    it('what the assistant says goes to the output as it comes', () => {
      const shown: string[] = [];
      marbles(({ cold, expectObservable, expectSubscriptions }) => {
        const streaming = miniagent('streaming', () => Message.stream(cold('-a-b-c|')));
        const output = miniagent('output', (ctx) => [
          ctx.messages,
          ctx.messages.tokens$.pipe(
            tap((token) => shown.push(token)),
            concatMap(() => []),
          ),
        ]);
        const line = cold('--(u|)');
        const ask = miniagent('ask', (ctx) => [ctx.messages, line]);
        const loop = dialogLoop({ user: userAgent({ output, input: ask }), assistant: streaming });
        expectObservable(of('').pipe(loop), '^-----!').toBe('-');
        // The next line is read at once: it is the input's business to wait for the end of what is shown.
        expectSubscriptions(line.subscriptions).toBe(['^-!', '--^-!']);
      });
      expect(shown).to.deep.equal(['a', 'b']);
    });
  });

  it('an error ends it, at its place', async () => {
    const { loop } = dialog(['u1', ['u3', new RangeError('boom')]], ['a2']);
    const replies = loop.inquire();
    expect(await texts(replies.errorsAsMessages())).to.deep.equal(['u3', 'RangeError: boom']);
  });

  it('an error of the assistant’s is the user’s to deal with', async () => {
    const asked: string[][] = [];
    const tolerant = miniagent('tolerant', async (ctx) => {
      asked.push(await texts(ctx.messages.errorsAsMessages()));
      return asked.length === 1 ? 'u1' : null;
    });
    const faulty = miniagent('faulty', () => {
      throw new RangeError('boom');
    });
    await dialogLoop({ user: tolerant, assistant: faulty }).inquire().resolve();
    expect(asked).to.deep.equal([[], ['RangeError: boom']]);
  });

  it('an interruption is consumed: nobody is told of it', async () => {
    dialog([new LoopInterruptedError()], []).loop.inquire();
    await here.miniAgents.finalize();
    expect(here.takeReported()).to.deep.equal([]);
  });

  it('cancelling it stops who is about to speak', async () => {
    let stopped = false;
    const user = miniagent('user', (ctx) => {
      ctx.reply('u1');
      return NEVER.pipe(finalize(() => (stopped = true)));
    });
    const replies = dialogLoop({ user, assistant: user }).inquire();
    await new Promise<void>((resolve) =>
      here.miniAgents.events$.subscribe(({ type, interaction }) => {
        if (type === 'replied' && interaction.agent === 'user') resolve();
      }),
    );
    replies.cancel();
    await rejection(replies.resolve());
    expect(stopped).to.equal(true);
  });

  it('is called by who talks, or as it is told', () => {
    const agent = speaker('ann', []);
    expect(dialogLoop({ user: agent, assistant: agent }).name).to.equal('dialogLoop(ann, ann)');
    expect(dialogLoop({ user: agent, assistant: agent, name: 'talk' }).name).to.equal('talk');
  });

  it('takes agents and options of the right kind only', () => {
    const user = speaker('user', []);
    const wrong = (options: object) => () => dialogLoop({ user, assistant: user, ...options });
    expect(wrong({ user: null })).to.throw(InvalidArgumentError, 'expected an agent');
    expect(wrong({ assistant: 42 })).to.throw(InvalidArgumentError, 'expected an agent');
    expect(wrong({ until: true })).to.throw(InvalidArgumentError, 'expected a function as until');
    expect(wrong({ promptFirst: 'yes' })).to.throw(InvalidArgumentError, 'expected true or false as promptFirst');
  });
});
