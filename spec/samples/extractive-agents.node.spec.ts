import { expect } from 'chai';
import { lastValueFrom, toArray } from 'rxjs';
import { extractiveEditor } from '../../samples/digest/extractive-editor.js';
import { extractiveSummariser } from '../../samples/digest/extractive-summariser.js';

const AGENTS = 'Agents send messages to other agents.';
const STREAMS = 'A message is a stream of tokens.';
const TOKENS = 'A token of a message reaches all readers of the message.';
const WEATHER = 'The weather was fine in May.';

describe('the extractive summariser', () => {
  const OPENING = 'Something else is said here, at first sight.';
  const document = [
    '# Agents',
    OPENING,
    WEATHER,
    '```',
    'agents.send(messages);',
    '```',
    AGENTS,
    '',
    STREAMS,
    TOKENS,
  ].join('\n');

  it('replies with the opening and what says most, in the order of the document, sentence by sentence', async () => {
    const tokens$ = extractiveSummariser.inquire(document).tokens$;
    expect(await lastValueFrom(tokens$.pipe(toArray()))).to.deep.equal([OPENING, ` ${AGENTS}`, ` ${STREAMS}`]);
  });

  it('says so where there is nothing to summarise', async () => {
    const [error] = await extractiveSummariser.inquire('```\ncode\n```', { errorsAsMessages: true }).resolve();
    expect(error?.text).to.equal('Error: there are no sentences in it');
  });
});

describe('the extractive editor', () => {
  const tokensFor = (summaries: Record<string, string>) => {
    const sections = Object.entries(summaries).map(([name, text]) => `## ${name}\n\n${text}`);
    return lastValueFrom(extractiveEditor.inquire(sections.join('\n\n')).tokens$.pipe(toArray()));
  };

  it('says once what several say, with all of them named, and the weightiest first', async () => {
    const again = 'Agents send messages to agents.';
    const tokens = await tokensFor({ 'a.md': `${WEATHER} ${AGENTS}`, 'b.md': `${again} ${STREAMS}`, 'c.md': again });
    expect(tokens).to.deep.equal([`- ${AGENTS} (a.md, b.md, c.md)`, `\n- ${STREAMS} (b.md)`, `\n- ${WEATHER} (a.md)`]);
  });

  it('names some of many', async () => {
    const names = ['a', 'b', 'c', 'd'];
    const tokens = await tokensFor(Object.fromEntries(names.map((name) => [name, AGENTS])));
    expect(tokens).to.deep.equal([`- ${AGENTS} (a, b and 2 more)`]);
  });

  it('lets no document say everything, and says no more than fits on a page', async () => {
    const numbers = ['one', 'two', 'three', 'four', 'five', 'six'];
    const text = numbers.map((number) => `Chapter ${number} is about ${number} ${number}.`).join(' ');
    expect(await tokensFor({ 'a.md': text })).to.have.length(2);
    expect(
      await tokensFor(Object.fromEntries(numbers.map((number) => [number, text.replaceAll('Chapter', number)]))),
    ).to.have.length.of.at.most(7);
  });
});
