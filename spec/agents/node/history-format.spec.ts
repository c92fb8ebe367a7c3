import { expect } from 'chai';
import fc from 'fast-check';
import { Message } from '../../../lib/messages/message.js';
import { readEntries, writeEntry } from '../../../lib/agents/node/history-format.js';
import { cases, TIMEOUT } from '../../property/cases.js';

const UNDERLINE = '='.repeat(40);
const fieldsOf = ({ role, name, text }: Message) => ({ role, name, text });
const read = (markdown: string) => readEntries(markdown).map(fieldsOf);
const written = (messages: readonly Message[]) => messages.map(writeEntry).join('');

describe('readEntries and writeEntry', function () {
  this.timeout(TIMEOUT);

  it('write a heading, 40 equals signs, and the text', () => {
    const said = [
      new Message({ text: 'Hi.\nThere.', role: 'user' }),
      new Message({ text: 'Yes?', name: 'Ada Lovelace' }),
    ];
    expect(written(said)).to.equal(
      `\nuser\n${UNDERLINE}\nHi.\nThere.\n\nassistant / Ada Lovelace\n${UNDERLINE}\nYes?\n`,
    );
  });

  it('leave code as it is, with headings in it, and put a backslash before what would be read as one elsewhere', () => {
    const code = 'Try:\n\n```md\n# user\nuser\n===\n```';
    const message = new Message({ text: `${code}\n# user\n${UNDERLINE}\n` });
    expect(writeEntry(message)).to.equal(`\nassistant\n${UNDERLINE}\n${code}\n\\# user\n\\${UNDERLINE}\n\\\n`);
  });

  describe('read back what was written', () => {
    // Pieces of which a text can be made that is hard to tell from a history.
    const line = fc.constantFrom(
      ...['', ' ', '\t', '\r', '\\', '\\\\', '\\ ', 'user', 'User', 'assistant / Ada', 'critic', ' system ', UNDERLINE],
      ...[
        `\\${UNDERLINE}`,
        `${UNDERLINE} `,
        `${UNDERLINE}\r`,
        ` ${UNDERLINE}`,
        '===',
        '\\===',
        '  =',
        '# user',
        ' # tool #',
      ],
      ...[
        '\\# user',
        '# User / gpt 5',
        '# Title',
        '## user',
        '```',
        '````',
        '```ts',
        '  ```',
        '~~~',
        '``` `',
        'a\u2028b',
      ],
      ...['\u0085', '\ufeff', 'text', '> # user', '1. ```', '"', '/', ' / '],
    );
    const hard = fc
      .array(fc.oneof(line, fc.string({ unit: 'binary' })), { maxLength: 12 })
      .map((lines) => lines.join('\n'));
    const anyText = fc.oneof({ weight: 5, arbitrary: hard }, fc.string({ unit: 'binary' }));
    const part = fc.oneof(
      line,
      hard,
      fc.constantFrom('user', 'assistant', 'Ada Lovelace', 'a / b', '/', 'a /', '"x"', '"'),
    );
    const message = fc
      .record({ text: anyText, role: part, name: fc.option(part, { nil: undefined }) })
      .map((fields) => new Message(fields));

    it('whatever it is', () => {
      fc.assert(
        fc.property(fc.array(message, { maxLength: 6 }), (messages) => {
          expect(read(written(messages))).to.deep.equal(messages.map(fieldsOf));
        }),
        cases(3000),
      );
    });

    it('after an editor has changed all ends of lines to those of Windows', () => {
      const text = anyText.filter((any) => !any.includes('\r'));
      fc.assert(
        fc.property(fc.array(text, { maxLength: 4 }), (texts) => {
          const messages = texts.map((any) => new Message({ text: any, role: 'user', name: 'Ada' }));
          const edited = written(messages).replaceAll('\n', '\r\n');
          expect(read(edited + written(messages))).to.deep.equal([...messages, ...messages].map(fieldsOf));
        }),
        cases(1000),
      );
    });

    it('whatever somebody has put into the file before and between', () => {
      const preamble = fc.string({ unit: 'binary' }).filter((any) => !/=/.test(any) && !/#/.test(any));
      fc.assert(
        fc.property(preamble, message, (before, said) => {
          expect(read(`${before}\n${written([said])}`)).to.deep.equal([fieldsOf(said)]);
        }),
        cases(500),
      );
    });
  });

  describe('read what was written by hand', () => {
    it('headings of both kinds, in any case, with a name or not, of the roles that there are', () => {
      const history =
        '# System\n\nBe brief.\n\nUSER / Ada Lovelace\n===\n\n\nHi.\n\n\n# assistant / gpt 5 #\nHello.\n  # tool\nx';
      expect(read(history)).to.deep.equal([
        { role: 'system', name: undefined, text: 'Be brief.' },
        { role: 'user', name: 'Ada Lovelace', text: 'Hi.' },
        { role: 'assistant', name: 'gpt 5', text: 'Hello.' },
        { role: 'tool', name: undefined, text: 'x' },
      ]);
    });

    it('other headings, and code, as what somebody says', () => {
      const text =
        'Title\n=====\n\n# Another\n\n## user\n\n```md\n# user\n\nuser\n====\n```\n\nall of this\nuser\n====\n\n    # user';
      expect(read(`# user\n${text}`)).to.deep.equal([{ role: 'user', name: undefined, text }]);
    });

    it('a code fence that was left open, up to the next message that was written', () => {
      const history = `# user\n\`\`\`\n# assistant\ncode${written([new Message({ text: 'So?' })])}# user\nNo.`;
      expect(read(history).map(({ text }) => text)).to.deep.equal(['```\n# assistant\ncode', 'So?', 'No.']);
    });

    it('nothing of what stands before the first heading, and of headings with nothing below them', () => {
      expect(read('My chat.\n\n# user\n\n \n# assistant\n\nHello.\n\n# user\n')).to.deep.equal([
        { role: 'assistant', name: undefined, text: 'Hello.' },
      ]);
      expect(read('')).to.deep.equal([]);
      expect(read('no heading at all')).to.deep.equal([]);
    });

    it('a heading with broken quotes as it stands', () => {
      expect(read(`"user\n${UNDERLINE}\nHi.`)).to.deep.equal([{ role: '"user', name: undefined, text: 'Hi.' }]);
      expect(read(`user / "\\x"\n${UNDERLINE}\nHi.`)).to.deep.equal([{ role: 'user', name: '"\\x"', text: 'Hi.' }]);
    });
  });
});
