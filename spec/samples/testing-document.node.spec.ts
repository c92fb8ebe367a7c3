import { expect } from 'chai';
import { miniagent } from 'miniagents';
import { asyncMarbles, marbles, scriptedAgent } from 'miniagents/testing';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

describe('what docs/testing.md says that is printed', () => {
  const page = readFileSync(join(__dirname, '../../docs/testing.md'), 'utf8').replace(/\s+/g, ' ');
  const messageOf = async (work: () => unknown): Promise<string> => {
    try {
      await work();
      return 'nothing was thrown';
    } catch (error) {
      return (error as Error).message;
    }
  };
  const inPage = (text: string) => expect(page).to.include(text.trim().replace(/\s+/g, ' '));

  it('of what is not as expected', async () => {
    const text = await messageOf(() =>
      marbles(({ agent, tokens, expectTokens }) => {
        const slow = agent('slow', '----s|');
        const boss = miniagent('boss', (ctx) => [ctx.inquire(slow), tokens('a-b|')]);
        expectTokens(boss.inquire()).toBe('---s(ab|)');
      }),
    );
    const drawn = readFileSync(join(__dirname, '../../docs/testing.md'), 'utf8');
    expect(drawn).to.include(`\`\`\`text\n${text.trimEnd()}\n\`\`\``);
  });

  it('of scripts that are not followed', async () => {
    const model = scriptedAgent(['a', { asked: /weather/, reply: 'b' }]);
    await model.inquire('Hello').resolve();
    inPage(await messageOf(() => model.expectDone()));
    inPage(await messageOf(() => model.inquire('Why?').resolve()));
  });

  it('of real input and output', async () => {
    const fetcher = miniagent('fetcher', async () => (await fetch('http://127.0.0.1:59996', { signal: null })).text());
    const text = await messageOf(() => asyncMarbles(() => fetcher.inquire().text()));
    expect(text).to.match(
      /^real input or output does not go on in virtual time: a request \(undici:request:create\), a socket \(TCPWRAP\)/,
    );
  });
});
