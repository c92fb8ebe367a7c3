import { LLMock } from '@copilotkit/aimock';
import { expect } from 'chai';
import { announcedBy } from './blocks.js';
import { runProgram } from './run-program.js';
import { withoutKeys } from './without-keys.js';

const ANSWER = 'I am a model, more or less.';

const talksToAModel = (code: string): boolean => /create(OpenAI|Anthropic)Agent/.test(code);

/** Inside a suite: a model of either provider answers whoever asks one. */
export function withModel(): void {
  withoutKeys();
  const mock = new LLMock({ port: 0 });

  before(async () => {
    mock.onMessage(/.*/, { content: ANSWER });
    await mock.start();
  });

  after(() => mock.stop());

  beforeEach(() => {
    const keys = { OPENAI_API_KEY: 'none', ANTHROPIC_API_KEY: 'none' };
    Object.assign(process.env, { ...keys, OPENAI_BASE_URL: `${mock.url}/v1`, ANTHROPIC_BASE_URL: mock.url });
  });
}

/**
 * For the blocks of a page, inside its suite: a model that answers them, and a function that runs a block as if it stood in
 * `file` and expects it to print what it announces; or, if it talks to a model, what that one said.
 */
export function blockRunner(file: string): (code: string) => Promise<void> {
  withModel();
  return async (code) => {
    const printed = await runProgram(code, file);
    if (talksToAModel(code)) expect(printed.join('\n')).to.include(ANSWER);
    else expect(printed.map((text) => text.trimEnd())).to.deep.equal(announcedBy(code));
  };
}
