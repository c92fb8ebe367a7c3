import { MiniAgentsError } from '../errors/mini-agents-error.js';
import { environment } from './environment.js';
import type { Provider } from './provider.js';
import { apiErrorOf } from './provider-failure.js';
import { SetUpError } from './set-up-error.js';

/** The client of an agent that was given none: made by the SDK, from the environment, when it is first used. */
export class EnvironmentClient<Client extends object> {
  #client: Client | undefined;

  constructor(private readonly provider: Pick<Provider<Client>, 'name' | 'sdk' | 'keyVariable' | 'load'>) {}

  /** @throws SetUpError if there is no SDK or no key (the next use tries again); and what the work throws. */
  async use(work: (client: Client) => Promise<void>): Promise<void> {
    const Client = await this.#load();
    try {
      await work((this.#client ??= new Client()));
    } catch (error) {
      throw this.#isOfKey(error, Client) ? this.#noKey(error) : error;
    }
  }

  async #load(): Promise<new () => Client> {
    const { name, sdk } = this.provider;
    try {
      return await this.provider.load();
    } catch (error) {
      throw new SetUpError(name, sdk, `install the package ${sdk}`, error);
    }
  }

  /** Whether there is no key, which some SDKs notice only with the first request; none of them has a class for that. */
  #isOfKey(error: unknown, Client: new () => Client): boolean {
    const APIError = apiErrorOf(Client);
    if (environment(this.provider.keyVariable)) return false;
    if (!this.#client) return true;
    if (error instanceof MiniAgentsError) return false;
    if (APIError !== undefined && error instanceof APIError) return false;
    return error instanceof Error && /api.?key|auth|credential/i.test(error.message);
  }

  #noKey(error: unknown): SetUpError {
    const { name, keyVariable } = this.provider;
    this.#client = undefined;
    return new SetUpError(name, keyVariable, `set ${keyVariable}`, error);
  }
}
