import { expect } from 'chai';
import { Writable } from 'node:stream';
import { asyncMarbles } from 'miniagents/testing';
import { fromEvent, map, Subject, timer } from 'rxjs';
import { consoleOutputAgent } from '../../../lib/agents/node/console-output-agent.js';
import { EndOfLoop } from '../../../lib/agents/end-of-loop.js';
import { CancelledError, ErrorMessage, InvalidArgumentError, Message } from '../../../lib/index.js';
import { Written } from './console-support.js';

describe('consoleOutputAgent', () => {
  it('shows who speaks, and a blank line after each message', async () => {
    const output = new Written();
    const messages = [
      'plain',
      { role: 'user', text: 'a role\n' },
      { role: 'user', name: 'Ada', text: 'a name\n\n' },
      '',
    ];
    await consoleOutputAgent({ output }).inquire(messages).resolve();
    expect(output.text).to.equal('assistant: plain\n\nuser: a role\n\nAda: a name\n\nassistant: \n\n');
  });

  it('shows tokens as they come, and passes the same promises on', async () => {
    await asyncMarbles(({ tokens, expectObservable }) => {
      const output = new Written();
      const shown$ = fromEvent(output, 'data');
      const sent = [tokens('--f-s----|', { name: 'Ada' }), tokens('---g------------h|', { name: 'Grace' })];
      const replies = consoleOutputAgent({ output }).inquire(sent);
      expectObservable(replies.pipe(map((message) => sent.indexOf(message)))).toBe('(ab)-------------|', {
        a: 0,
        b: 1,
      });
      expectObservable(shown$).toBe('A-f-s----(nGg)--hn', { A: 'Ada: ', n: '\n\n', G: 'Grace: ' });
    });
  });

  it('shows a character whose halves come in two tokens', async () => {
    const output = new Written();
    await consoleOutputAgent({ output })
      .inquire(Message.stream(['Hi \ud83d', '\ude00!']))
      .resolve();
    expect(output.text).to.equal('assistant: Hi 😀!\n\n');
  });

  it('shows errors as text where they stand, and passes them on as errors', async () => {
    const output = new Written();
    const broken$ = new Subject<string>();
    const replies = consoleOutputAgent({ output }).inquire([
      Message.stream(broken$),
      new RangeError('between'),
      'after',
    ]);
    broken$.next('half');
    broken$.error(new TypeError('boom'));
    const error = await replies.resolve().catch((reason: unknown) => String(reason));
    expect(error).to.equal('TypeError: boom');
    await output.has('assistant: after\n\n');
    expect(output.text).to.equal(
      'assistant: half\nTypeError: boom\n\nassistant: RangeError: between\n\nassistant: after\n\n',
    );
  });

  it('does not show what only ends a loop', async () => {
    const output = new Written();
    await consoleOutputAgent({ output }).inquire([new EndOfLoop(), 'text']).resolve();
    expect(output.text).to.equal('assistant: text\n\n');
  });

  describe('on a terminal', () => {
    it('has colours for who speaks, by its style for a message', async () => {
      const output = Object.assign(new Written(true), { hasColors: () => true });
      const before = process.env['NO_COLOR'];
      delete process.env['NO_COLOR'];
      try {
        await consoleOutputAgent({ output })
          .inquire(['Hi', new ErrorMessage({ text: 'oh' })])
          .resolve();
        const style = ({ name }: Message) => (name === 'Ada' ? ('cyan' as const) : ('magenta' as const));
        await consoleOutputAgent({ output, style }).inquire({ name: 'Ada', text: 'Hi' }).resolve();
      } finally {
        if (before !== undefined) process.env['NO_COLOR'] = before;
      }
      const [bold, normal] = ['\x1b[1m', '\x1b[22m'];
      expect(output.text).to.equal(
        `${bold}\x1b[32massistant:\x1b[39m${normal} Hi\n\n${bold}\x1b[31massistant:\x1b[39m${normal} oh\n\n` +
          '\x1b[36mAda:\x1b[39m Hi\n\n',
      );
    });

    it('shows nothing that a terminal would act on', async () => {
      const output = Object.assign(new Written(true), { hasColors: () => false });
      await consoleOutputAgent({ output }).inquire({ name: 'A\x1b]0;\nda', text: '\x1b[2Jclean\r\nline' }).resolve();
      expect(output.text).to.equal('A]0; da: [2Jclean\nline\n\n');
    });
  });

  it('elsewhere leaves the text as it is', async () => {
    const output = new Written();
    await consoleOutputAgent({ output }).inquire('\x1b[31mred\r\n').resolve();
    expect(output.text).to.equal('assistant: \x1b[31mred\r\n\n');
  });

  it('fails where it cannot show anything, after what it passed on', async () => {
    const output = new Writable({ write: (_chunk, _encoding, done) => done(new RangeError('EPIPE')) });
    const replies = consoleOutputAgent({ output }).inquire('text', { errorsAsMessages: true });
    expect(await replies.text()).to.equal('text\n\nRangeError: EPIPE');
  });

  it('shows no more when it is cancelled', async () => {
    await asyncMarbles(({ tokens, expectObservable, expectTokens }) => {
      const output = new Written();
      const shown$ = fromEvent(output, 'data');
      const replies = consoleOutputAgent({ output }).inquire([tokens('--s---m|'), 'after']);
      timer(4).subscribe(() => replies.cancel());
      expectTokens(replies).toBe('--s-#', {}, new CancelledError('agent consoleOutputAgent'));
      expectObservable(shown$).toBe('a-s-n', { a: 'assistant: ', n: '\n\n' });
    });
  });

  it('refuses what is no stream and no style', () => {
    expect(() => consoleOutputAgent({ output: {} as never })).to.throw(
      InvalidArgumentError,
      'a stream to write to as output',
    );
    expect(() => consoleOutputAgent({ style: 'red' as never })).to.throw(InvalidArgumentError, 'a function as style');
  });
});
