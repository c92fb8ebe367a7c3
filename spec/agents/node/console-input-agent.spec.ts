import { expect } from 'chai';
import { PassThrough } from 'node:stream';
import { Subject } from 'rxjs';
import { EndOfLoop } from '../../../lib/agents/end-of-loop.js';
import { consoleInputAgent } from '../../../lib/agents/node/console-input-agent.js';
import { InvalidArgumentError, Message, type MiniAgent, MiniAgents } from '../../../lib/index.js';
import { Keyboard, Written } from './console-support.js';

/** What the user says when he is asked again and again, up to the end. */
async function saidTo(agent: MiniAgent): Promise<string[]> {
  const texts: string[] = [];
  for (;;) {
    const [message] = await agent.inquire().resolve();
    if (message instanceof EndOfLoop) return texts;
    expect(message?.role).to.equal('user');
    texts.push(message?.text ?? '');
  }
}

describe('consoleInputAgent', () => {
  it('passes on what it is sent, and asks when that is whole', async () => {
    const [input, output] = [new PassThrough(), new Written()];
    input.end('Hi.\n');
    const tokens$ = new Subject<string>();
    const message = Message.stream(tokens$);
    const replies = consoleInputAgent({ input, output }).inquire(['before', message]);
    const read = replies[Symbol.asyncIterator]();
    await read.next();
    expect((await read.next()).value === message).to.equal(true);
    expect(output.text).to.equal('');
    tokens$.complete();
    expect((await replies.resolve()).last()?.toJSON()).to.deep.equal({ $type: 'Message', role: 'user', text: 'Hi.' });
  });

  it('asks nothing after an error, which it passes on', async () => {
    const [input, output] = [new PassThrough(), new Written()];
    input.end('Hi.\n');
    const agent = consoleInputAgent({ input, output });
    const error = await new MiniAgents().run(() => agent.inquire(new RangeError('boom')).resolve().catch(String));
    expect(error).to.equal('RangeError: boom');
    expect(await saidTo(agent)).to.deep.equal(['Hi.']);
  });

  describe('from a file or a pipe', () => {
    const said = async (text: string, options = {}) => {
      const [input, output] = [new PassThrough(), new Written()];
      input.end(text);
      return { texts: await saidTo(consoleInputAgent({ input, output, ...options })), shown: output.text };
    };

    it('takes each line for a message, and shows it below the prompt; blank lines are none', async () => {
      const { texts, shown } = await said('one\n\n  \ntwo', { prompt: 'you: ' });
      expect(texts).to.deep.equal(['one', 'two']);
      expect(shown).to.equal('you: one\n\nyou: two\n\n');
    });

    it('goes on in the next line after a backslash, also where there is none', async () => {
      expect((await said('one\\\ntwo\\\n\\\nthree\nlast\\')).texts).to.deep.equal(['one\ntwo\n\nthree', 'last']);
    });

    it('ends at `exit`, or what else is told', async () => {
      expect((await said('one\nexit\ntwo\n')).texts).to.deep.equal(['one']);
      expect((await said('exit\nbye\n', { exit: 'bye' })).texts).to.deep.equal(['exit']);
      expect((await said('exit\n', { exit: null })).texts).to.deep.equal(['exit']);
    });

    it('ends where there is nothing', async () => {
      expect(await said('')).to.deep.equal({ texts: [], shown: '' });
    });
  });

  describe('at a terminal', () => {
    const PLAIN = { isTTY: true, hasColors: () => false };

    it('tells once how it works, and asks', async () => {
      const [input, output] = [new Keyboard(), Object.assign(new Written(true), PLAIN)];
      const said = saidTo(consoleInputAgent({ input, output, help: 'Help!', prompt: '? ' }));
      const seen = await output.has('Help!\n\n');
      input.write('one\\\r');
      await output.has('… ', await output.has('? ', seen));
      input.write('two\r');
      const again = await output.has('? ', await output.has('two', seen));
      input.write('\x04');
      expect(await said).to.deep.equal(['one\ntwo']);
      expect(output.text.slice(again)).not.to.include('Help!');
    });

    it('takes back all lines of a message on Ctrl-C', async () => {
      const [input, output] = [new Keyboard(), Object.assign(new Written(true), PLAIN)];
      const said = saidTo(consoleInputAgent({ input, output }));
      input.write('one\\\r');
      let seen = await output.has('… ');
      input.write('\x03');
      seen = await output.has('user: ', seen);
      input.write('two\r');
      await output.has('user: ', await output.has('two', seen));
      input.write('\x03');
      expect(await said).to.deep.equal(['two']);
    });

    it('sends what was pasted as it was', async () => {
      const [input, output] = [new Keyboard(), Object.assign(new Written(true), PLAIN)];
      const said = saidTo(consoleInputAgent({ input, output }));
      input.write('\x1b[200~one\r\ttwo\\\r\x1b[201~');
      await output.has('[pasted 1: 2 lines]');
      input.write('\r');
      await output.has('user: ', await output.has('user: '));
      input.write('exit\r');
      expect(await said).to.deep.equal(['one\n\ttwo\\']);
    });

    it('has a prompt in colour where there are colours', async () => {
      const [input, output] = [
        new Keyboard(),
        Object.assign(new Written(true), { hasColors: () => !process.env['NO_COLOR'] }),
      ];
      const before = process.env['NO_COLOR'];
      delete process.env['NO_COLOR'];
      const said = saidTo(consoleInputAgent({ input, output, help: null }));
      if (before !== undefined) process.env['NO_COLOR'] = before;
      await output.has('\x1b[1m\x1b[33muser: \x1b[39m\x1b[22m');
      input.write('\x04');
      expect(await said).to.deep.equal([]);
    });
  });

  it('is cancelled while it asks, and goes on when it is asked again', async () => {
    const [input, output] = [new PassThrough(), new Written()];
    const agent = consoleInputAgent({ input, output });
    const replies = agent.inquire('before');
    for await (const message of replies) {
      await message.resolve();
      break;
    }
    replies.cancel();
    expect(await replies.resolve().catch((error: Error) => error.name)).to.equal('CancelledError');
    input.end('one\n');
    expect(await saidTo(agent)).to.deep.equal(['one']);
  });

  it('asks one thing after the other where several are asked at once, and leaves out what was cancelled', async () => {
    const [input, output] = [new PassThrough(), new Written()];
    const agent = consoleInputAgent({ input, output });
    const asked = ['q1', 'q2', 'q3', 'q4'].map((question) => agent.inquire(question));
    const answers = asked.map((replies) =>
      replies.resolve().then(
        (messages) => messages.last(),
        (error: Error) => error.name,
      ),
    );
    await new Promise((resolve) => setTimeout(resolve, 10));
    asked[0]?.cancel();
    asked[2]?.cancel();
    input.write('to q2\\\ngoes on\n');
    expect(String(await answers[1])).to.equal('to q2\ngoes on');
    input.end();
    expect(await answers[3]).to.be.instanceOf(EndOfLoop);
    expect([await answers[0], await answers[2]]).to.deep.equal(['CancelledError', 'CancelledError']);
  });

  it('refuses what is no stream', () => {
    expect(() => consoleInputAgent({ input: 'text' as never })).to.throw(
      InvalidArgumentError,
      'a stream to read from as input',
    );
    expect(() => consoleInputAgent({ output: null as never })).to.throw(
      InvalidArgumentError,
      'a stream to write to as output',
    );
  });
});
