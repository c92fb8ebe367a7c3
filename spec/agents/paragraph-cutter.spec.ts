import { expect } from 'chai';
import fc from 'fast-check';
import { CUT, ParagraphCutter } from '../../lib/agents/paragraph-cutter.js';
import { markdown, paragraphsOf, tokensOf } from './paragraphs.js';

/** The paragraphs that tokens come to; and what is known of them after each token, as one text. */
function cut(tokens: readonly string[]) {
  const cutter = new ParagraphCutter();
  const paragraphs: string[] = [];
  const known: string[] = [];
  let all = '';
  let open = false;
  const take = (piece: string | typeof CUT) => {
    if (piece === CUT) return void (open = false);
    all += piece;
    if (open) paragraphs.push(`${paragraphs.pop()}${piece}`);
    else open = paragraphs.push(piece) > 0;
  };
  for (const token of tokens) {
    cutter.take(token).forEach(take);
    known.push(all);
  }
  const rest = cutter.end();
  if (rest) take(rest);
  return { paragraphs, known };
}

const fence = '```';

describe('ParagraphCutter', () => {
  const cases: Record<string, [string, string[]]> = {
    nothing: ['', []],
    'blank text': ['\n \t\r\n \n', []],
    'one paragraph': ['one', ['one']],
    two: ['one\n\ntwo', ['one', 'two']],
    'lines of one': ['one\ntwo\nthree', ['one\ntwo\nthree']],
    'many blank lines': ['one\n\n\n\n\ntwo', ['one', 'two']],
    'blank lines that are not empty': ['one\n \t\n  \ntwo', ['one', 'two']],
    'line ends of Windows': ['one\r\nline\r\n\r\ntwo\r\n', ['one\r\nline', 'two']],
    'blank edges': ['\n\n\none\n\n', ['one']],
    'blanks within and at ends of lines': ['one  two  \nthree \n\nfour  ', ['one  two  \nthree ', 'four  ']],
    indentation: ['  one\n\n    two\n      three', ['  one', '    two\n      three']],
    'a code block': [`a\n\n${fence}js\none\n\n\ntwo\n${fence}\n\nb`, ['a', `${fence}js\none\n\n\ntwo\n${fence}`, 'b']],
    'a code block beside text': [`a\n${fence}\n\n${fence}\nb\n\nc`, [`a\n${fence}\n\n${fence}\nb`, 'c']],
    'a code block of tildes': ['~~~\n```\n\n~~~\n\nb', ['~~~\n```\n\n~~~', 'b']],
    'a longer fence around a shorter': ['````\n```\n\n```\n````\n\nb', ['````\n```\n\n```\n````', 'b']],
    'a fence with an indentation': [
      '- a\n\n    ```\n    b\n\n    c\n    ```\n\nd',
      ['- a', '    ```\n    b\n\n    c\n    ```', 'd'],
    ],
    'a code block in the line of a list item': [
      'a\n\n- ```sh\n  b\n\n  c\n  ```\n\n2) ~~~\n\n~~~\n\nd',
      ['a', '- ```sh\n  b\n\n  c\n  ```', '2) ~~~\n\n~~~', 'd'],
    ],
    'a code block that is not closed': ['```\na\n\nb\n\n', ['```\na\n\nb\n\n']],
    'a code block of Windows': ['```\r\n\r\n```\r\n\r\nb', ['```\r\n\r\n```', 'b']],
    'a fence with something behind it closes nothing': ['```\n``` js\n\nb\n```\n\nc', ['```\n``` js\n\nb\n```', 'c']],
    'code in a line is no fence': ['```a``` b\n\nc', ['```a``` b', 'c']],
    'two backticks are no fence': ['``\n\n``', ['``', '``']],
  };
  for (const [title, [text, expected]] of Object.entries(cases))
    it(title, () => {
      expect(paragraphsOf(text), 'what is expected').to.deep.equal(expected);
      expect(cut([text]).paragraphs, 'in one piece').to.deep.equal(expected);
      expect(cut([...text]).paragraphs, 'character by character').to.deep.equal(expected);
    });

  it('gives the same paragraphs however a text is split into tokens', () => {
    fc.assert(
      fc.property(markdown, fc.array(fc.nat(40)), (text, lengths) => {
        expect(cut(tokensOf(text, lengths)).paragraphs).to.deep.equal(paragraphsOf(text));
      }),
      { numRuns: 2_000 },
    );
  });

  it('holds back nothing but what is blank', () => {
    fc.assert(
      fc.property(markdown, fc.array(fc.nat(40)), (text, lengths) => {
        const tokens = tokensOf(text, lengths);
        const { known } = cut(tokens);
        let taken = '';
        tokens.forEach((token, index) => {
          taken += token;
          const rest = known[index]?.replace(/\s+/g, '');
          expect(rest).to.equal(taken.replace(/\s+/g, ''));
        });
      }),
    );
  });

  it('a token that needs no change is one', () => {
    const cutter = new ParagraphCutter();
    expect(cutter.take('one two\nthree')).to.deep.equal(['one two\nthree']);
    expect(cutter.take('\n')).to.deep.equal([]);
    expect(cutter.take('\nfour')).to.deep.equal([CUT, 'four']);
    expect(cutter.take('a\n\nb\n\nc')).to.deep.equal(['a', CUT, 'b', CUT, 'c']);
  });

  it('takes a long line, and many short ones, in a time that grows with their length', () => {
    const many = 100_000;
    expect(cut(Array.from({ length: many }, () => 'a ')).paragraphs[0]).to.have.length(2 * many);
    expect(cut(Array.from({ length: many }, () => 'a\n')).paragraphs[0]).to.have.length(2 * many - 1);
    expect(cut(['x\n\n'.repeat(many)]).paragraphs).to.have.length(many);
  });
});
