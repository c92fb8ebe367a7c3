import { miniagent } from 'miniagents';
import type { Message, MessageType, MiniAgent } from 'miniagents';
import { concatMap, map } from 'rxjs';

/** Adds something to each message, when it is whole, in the frame in which it is. */
export const adding = (name: string, suffix: string): MiniAgent =>
  miniagent(name, (ctx) =>
    ctx.messages.pipe(
      concatMap((message) => message.whole$),
      map(({ text }) => text + suffix),
    ),
  );

/** A message as `role:text`, or as its text. */
export const shown = ({ role, text }: Message): string => (role ? `${role}:${text}` : text);

/** An agent that keeps what it was asked at each call, and replies with the next of its lines; then with nothing. */
export function speaker(name: string, lines: readonly MessageType[]): { agent: MiniAgent; heard: string[][] } {
  const heard: string[][] = [];
  const rest = [...lines];
  const agent = miniagent(name, (ctx) =>
    ctx.messages.whole$.pipe(
      map((messages) => {
        heard.push(messages.map(shown).toArray());
        return rest.shift();
      }),
    ),
  );
  return { agent, heard };
}
