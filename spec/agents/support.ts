import { miniagent } from 'miniagents';
import type { Message, MessageType, MiniAgent } from 'miniagents';
import { scriptedAgent } from 'miniagents/testing';
import type { ScriptedAgent } from 'miniagents/testing';
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

/** An agent that replies with its lines, one at each call; then with nothing. */
export const speaker = (name: string, lines: readonly MessageType[]): ScriptedAgent =>
  scriptedAgent([...lines, { reply: null, times: Infinity }], { name });

/** What it was asked, call by call. */
export const heard = ({ calls }: ScriptedAgent): string[][] => calls.map((messages) => messages.map(shown).toArray());
