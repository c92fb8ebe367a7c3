import { AsyncLocalStorage } from 'node:async_hooks';
import { expect } from 'chai';
import { firstValueFrom, timer } from 'rxjs';
import * as everywhere from '../../lib/scope/ambient.js';
import * as node from '../../lib/scope/ambient.node.js';
import type { Scope } from '../../lib/scope/scope.js';
import { Session } from '../../lib/scope/session.js';
import { UnhandledErrors } from '../../lib/scope/unhandled-errors.js';

describe('ambient', () => {
  const session = () => new Session(undefined, new UnhandledErrors(() => {}));

  for (const [platform, { Context, currentScope, runIn, survivesAwait }] of Object.entries({ node, everywhere })) {
    describe(platform, () => {
      it('there is no current scope outside of all', () => {
        expect(currentScope()).to.equal(undefined);
      });

      it('calls with another current scope, and gives the result', () => {
        const scope = session();
        const seen: unknown[] = [];
        const work = (argument: string) => (seen.push(argument, currentScope()), 'result');
        expect(runIn(scope, work, 'argument')).to.equal('result');
        expect(seen).to.deep.equal(['argument', scope]);
        expect(currentScope()).to.equal(undefined);
      });

      it('has the one around it again afterwards', () => {
        const [outer, inner] = [session(), session()];
        const seen: unknown[] = [];
        const see = () => seen.push(currentScope());
        runIn(outer, () => (see(), runIn(inner, see, undefined), runIn(undefined, see, undefined), see()), undefined);
        expect(seen).to.deep.equal([outer, inner, undefined, outer]);
      });

      it('has it again after work that throws, too', () => {
        const outer = session();
        const throws = (text: string) => expect.fail(text);
        const seen = runIn(
          outer,
          () => {
            expect(() => runIn(session(), throws, 'boom')).to.throw('boom');
            return currentScope();
          },
          undefined,
        );
        expect(seen).to.equal(outer);
        expect(currentScope()).to.equal(undefined);
      });

      it('goes back to where something began, and returns from there, whatever throws', () => {
        const [outer, inner] = [session(), session()];
        const context = runIn(outer, () => new Context(), undefined);
        const see = (argument: string) => [argument, currentScope()];
        runIn(
          inner,
          () => {
            expect(context.run(see, 'argument')).to.deep.equal(['argument', outer]);
            expect(() => context.run((text: string) => expect.fail(text), 'boom')).to.throw('boom');
            expect(currentScope()).to.equal(inner);
          },
          undefined,
        );
        expect(context.run(see, 'again')).to.deep.equal(['again', outer]);
        expect(currentScope()).to.equal(undefined);
      });

      it(`says truly whether the scope ${survivesAwait ? 'is' : 'is not'} known after an await`, async () => {
        const scope = session();
        const afterAwait = async (): Promise<(Scope | undefined)[]> => {
          const synchronously = currentScope();
          await Promise.resolve();
          const afterMicrotask = currentScope();
          await firstValueFrom(timer(0));
          return [synchronously, afterMicrotask, currentScope()];
        };
        const later = survivesAwait ? scope : undefined;
        expect(await runIn(scope, afterAwait, undefined)).to.deep.equal([scope, later, later]);
      });
    });
  }

  it('goes back, in Node, to what others carry along', async () => {
    const storage = new AsyncLocalStorage<string>();
    const context = storage.run('where it began', () => new node.Context());
    const seen = async () => [storage.getStore(), await Promise.resolve(), storage.getStore()];
    const there = storage.run('elsewhere', () => context.run(seen, undefined));
    expect(await there).to.deep.equal(['where it began', undefined, 'where it began']);
  });

  it('is the file for Node here', () => {
    expect(node.survivesAwait).to.equal(true);
    expect(everywhere.survivesAwait).to.equal(false);
  });
});
