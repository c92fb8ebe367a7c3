import { expect } from 'chai';
import { MiniAgentsError, type MiniAgent } from 'miniagents';
import { createAnthropicAgent, SetUpError as AnthropicSetUpError } from 'miniagents/anthropic';
import { createOpenAIAgent, SetUpError } from 'miniagents/openai';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { firstValueFrom } from 'rxjs';
import { ProbeServer } from './probe-server.js';
import { restoreEnvironment } from './restore-environment.js';
import { wires, type Wire } from './wires.js';

interface Case {
  readonly wire: Wire;
  readonly create: () => MiniAgent;
  readonly made: string;
  readonly sdk: string;
  readonly key: string;
  readonly url: string;
  readonly version: string;
}

const cases: Case[] = [
  {
    wire: wires[2] as Wire,
    create: createOpenAIAgent,
    made: 'createOpenAIAgent',
    sdk: 'openai',
    key: 'OPENAI_API_KEY',
    url: 'OPENAI_BASE_URL',
    version: '/v1',
  },
  {
    wire: wires[4] as Wire,
    create: createAnthropicAgent,
    made: 'createAnthropicAgent',
    sdk: '@anthropic-ai/sdk',
    key: 'ANTHROPIC_API_KEY',
    url: 'ANTHROPIC_BASE_URL',
    version: '',
  },
];

/** Whatever a developer's own environment may have. */
const OTHER_KEYS = ['OPENAI_ADMIN_KEY', 'ANTHROPIC_AUTH_TOKEN', 'ANTHROPIC_PROFILE'];

describe('setting up agents with models', () => {
  let probe: ProbeServer;

  beforeEach(async () => {
    probe = await ProbeServer.start();
    for (const name of [...OTHER_KEYS, ...cases.flatMap(({ key, url }) => [key, url])]) delete process.env[name];
    process.env['ANTHROPIC_CONFIG_DIR'] = '/nowhere';
  });
  afterEach(async () => {
    restoreEnvironment();
    await probe.stop();
  });

  for (const { wire, create, made, key, url, version } of cases)
    describe(made, () => {
      it('makes its client from the environment, when it is first used', async () => {
        const agent = create();
        process.env[key] = 'key-of-the-environment';
        process.env[url] = `${probe.url}${version}`;
        probe.script((answer) => answer.json(wire.whole('fine')));
        expect(await agent.inquire('one').text()).to.equal('fine');
        expect(JSON.stringify(probe.requests[0]?.headers)).to.include('key-of-the-environment');
        process.env[url] = 'http://127.0.0.1:1';
        expect(await agent.inquire('two').text(), 'with the same client').to.equal('fine');
      });

      it('without a key, fails as its message, and works as soon as there is one', async () => {
        const agent = create();
        process.env[url] = `${probe.url}${version}`;
        probe.script((answer) => answer.json(wire.whole('fine')));
        const message = await firstValueFrom(agent.inquire('one'));
        const error = await message.resolve().then(
          () => expect.fail('expected an error'),
          (thrown: unknown) => thrown as SetUpError,
        );
        expect(error).to.be.instanceOf(SetUpError).and.instanceOf(AnthropicSetUpError);
        expect(error).to.be.instanceOf(MiniAgentsError);
        expect(error).to.include({ name: 'SetUpError', missing: key, provider: wire.provider });
        expect(error.message).to.include(`set ${key}`);
        expect(error.cause).to.be.instanceOf(Error);
        expect(probe.requests).to.have.length(0);
        process.env[key] = 'key';
        expect(await agent.inquire('two').text()).to.equal('fine');
      });

      it('with a key that the API refuses, fails with the SDK’s error', async () => {
        process.env[key] = 'wrong';
        process.env[url] = `${probe.url}${version}`;
        probe.script((answer) => answer.json({ error: { message: 'no such key' } }, 401));
        const [message] = await create().inquire('one', { errorsAsMessages: true }).resolve();
        expect(message?.text).to.match(/^AuthenticationError: 401 .*no such key/);
      });
    });

  it('without an SDK, agents are made, and fail as their messages', async () => {
    const { stdout } = await withoutPackages(
      cases.map(({ sdk }) => sdk),
      `const { createOpenAIAgent } = require('miniagents/openai');
       const { createAnthropicAgent } = require('miniagents/anthropic');
       const agents = [createOpenAIAgent(), createAnthropicAgent()];
       console.log('made');
       const ask = (agent) => agent.inquire('hello').errorsAsMessages().text();
       Promise.all(agents.map(ask)).then((texts) => console.log(texts.join('\\n')));`,
    );
    const [made, ...errors] = stdout.trim().split('\n');
    expect(made).to.equal('made');
    expect(errors).to.have.length(2);
    cases.forEach(({ sdk }, i) => {
      expect(errors[i]).to.match(/^SetUpError: /);
      expect(errors[i]).to.include(`install the package ${sdk},`);
    });
  });
});

/** Runs a script in a process of its own where these packages cannot be found. */
function withoutPackages(names: string[], script: string) {
  const hook = `export async function resolve(specifier, context, next) {
    if (${JSON.stringify(names)}.includes(specifier))
      throw Object.assign(new Error("Cannot find package '" + specifier + "'"), { code: 'ERR_MODULE_NOT_FOUND' });
    return next(specifier, context);
  }`;
  const dataUrl = (code: string) => `data:text/javascript,${encodeURIComponent(code)}`;
  const register = `import { register } from 'node:module'; register(${JSON.stringify(dataUrl(hook))});`;
  const args = ['--require', './scripts/register.cjs', '--import', dataUrl(register), '--eval', script];
  return promisify(execFile)(process.execPath, [...process.execArgv, ...args]);
}
