import { catchError, EMPTY, map, of, takeUntil, tap, type Observable } from 'rxjs';
import { Message, miniagent, type MessagePromise, type MiniAgent } from 'miniagents';

/**
 * An agent whose answers can be interrupted: what it said so far is then its answer, and its requests are cancelled. An error
 * is told in its answer, which is not to be remembered then, and ends no conversation.
 */
export function interruptible(agent: MiniAgent, interrupt$: Observable<unknown>): MiniAgent {
  return miniagent(agent.name, (ctx) => {
    const told = new Set<unknown>();
    const tell = (error: unknown) => {
      told.add(error);
      return String(error);
    };
    return agent(ctx.messages).pipe(
      map((message) => uptoInterruption(message, interrupt$, tell)),
      // What failed in mid-answer has been told there.
      catchError((error) => (told.has(error) ? EMPTY : of({ text: tell(error), data: { noHistory: true } }))),
      takeUntil(interrupt$),
    );
  });
}

function uptoInterruption(
  message: MessagePromise,
  interrupt$: Observable<unknown>,
  tell: (error: unknown) => string,
): MessagePromise {
  const { role = 'assistant', name } = message.draft;
  let [said, failed] = [false, false];
  const tokens$ = message.pipe(
    tap(() => (said = true)),
    catchError((error) => {
      failed = true;
      return of(`${said ? '\n' : ''}${tell(error)}`);
    }),
    takeUntil(interrupt$),
  );
  return Message.stream(tokens$, { role, name }, () => ({ data: { noHistory: failed } }));
}
