import { environment } from './environment.js';
import { expectNoClientOptions, expectOption } from './expect-option.js';
import type { Parameters, Provider, Question, WireFormat } from './provider.js';

/** An inquiry of an LLM agent, taken apart. */
export interface Inquiry<Client> {
  readonly question: Question;
  readonly wireFormat: WireFormat<Client>;
  readonly client: Client | undefined;
}

/**
 * Tells the options of an agent from the parameters that go to its API, and fills in what is left out.
 *
 * @param made - with what the agent was made: its options are those of an inquiry that has `undefined` for them, so that no
 * conversation goes to another API, or by another key, than the agent's by mistake.
 * @throws InvalidArgumentError for an option of the wrong kind, or a parameter whose place the conversation takes.
 */
export function readInquiry<Client extends object>(
  provider: Provider<Client>,
  given: Parameters,
  made: Parameters = {},
): Inquiry<Client> {
  const {
    client = made['client'],
    name = made['name'] ?? provider.name,
    api = made['api'],
    model = made['model'] ?? modelOf(provider),
    system = made['system'],
    stream = made['stream'] ?? true,
    ...request
  } = given;
  expectOption('a string as name', name, typeof name === 'string');
  expectOption('a string, and not an empty one, as model', model, typeof model === 'string' && model !== '');
  expectOption('true or false as stream', stream, typeof stream === 'boolean');
  expectOption(
    `a client of the package ${provider.sdk} as client`,
    client,
    client === undefined || provider.isClient(client),
  );
  const wireFormat = provider.wireFormat(api);
  for (const parameter of wireFormat.reserved) {
    expectOption(
      `no ${parameter}, which is made of what the agent is sent`,
      request[parameter],
      request[parameter] === undefined,
    );
  }
  expectNoClientOptions(request);
  wireFormat.check(system, request);
  const question = { name, model, system, stream, request } as Question;
  return { question, wireFormat, client: client as Client | undefined };
}

function modelOf({ modelVariable, defaultModel }: Pick<Provider<never>, 'modelVariable' | 'defaultModel'>): string {
  return environment(modelVariable) ?? defaultModel;
}
