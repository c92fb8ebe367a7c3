import { expect } from 'chai';
import { EnvironmentClient } from '../../lib/llm/environment-client.js';
import { IncompleteReplyError } from '../../lib/llm/incomplete-reply-error.js';
import { SetUpError } from '../../lib/llm/set-up-error.js';
import { rejection } from '../laws/support.js';
import { SmallClient, smallProvider } from './small-provider.js';

describe('EnvironmentClient', () => {
  afterEach(() => delete process.env['SMALL_KEY']);

  const nothing = async (): Promise<void> => undefined;
  const failing = (error: Error) => () => Promise.reject(error);

  it('is made when it is first used, and once', async () => {
    const used: SmallClient[] = [];
    let loaded = 0;
    const client = new EnvironmentClient(
      smallProvider(async () => {
        loaded++;
        return SmallClient;
      }),
    );
    expect(loaded).to.equal(0);
    const use = () => client.use(async (own) => void used.push(own));
    await Promise.all([use(), use()]);
    await use();
    expect(used[0]).to.be.instanceOf(SmallClient);
    expect(new Set(used).size).to.equal(1);
  });

  it('names the package that is missing', async () => {
    const cause = new Error('Cannot find package');
    const error = await rejection(new EnvironmentClient(smallProvider(failing(cause))).use(nothing));
    expect(error).to.be.instanceOf(SetUpError).and.include({ missing: 'small-sdk', provider: 'small', cause });
  });

  describe('without a key', () => {
    it('names the variable when the SDK’s constructor throws', async () => {
      const cause = new Error('no key');
      class Refusing extends SmallClient {
        constructor() {
          super();
          throw cause;
        }
      }
      const client = new EnvironmentClient(smallProvider(async () => Refusing));
      expect(await rejection(client.use(nothing)))
        .to.be.instanceOf(SetUpError)
        .and.include({ missing: 'SMALL_KEY', cause });
      process.env['SMALL_KEY'] = 'key';
      expect(await rejection(client.use(nothing)), 'with a key, what the SDK says').to.equal(cause);
    });

    it('names it when the first request fails before it is sent', async () => {
      const client = new EnvironmentClient(smallProvider(async () => SmallClient));
      const error = await rejection(client.use(failing(new Error('could not resolve authentication'))));
      expect(error).to.be.instanceOf(SetUpError).with.property('missing', 'SMALL_KEY');
    });

    it('leaves alone what the API answered, a reply that broke off, and what has nothing to do with keys', async () => {
      const client = new EnvironmentClient(smallProvider(async () => SmallClient));
      for (const answer of [
        new SmallClient.APIError(undefined, '401'),
        new IncompleteReplyError('small', 'small-1', ''),
        new Error('streaming is required for so many tokens'),
      ]) {
        expect(await rejection(client.use(failing(answer)))).to.equal(answer);
      }
    });
  });

  it('leaves alone what fails with a key', async () => {
    process.env['SMALL_KEY'] = 'key';
    const client = new EnvironmentClient(smallProvider(async () => SmallClient));
    const boom = new TypeError('Invalid URL');
    expect(await rejection(client.use(failing(boom)))).to.equal(boom);
  });
});
