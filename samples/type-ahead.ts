// How do I show answers to what somebody is still typing? An agent is a projector: `switchMap(agent)` asks it anew with each
// keystroke, and a new question cancels the answer to the one before, wherever that has got to.
import {
  concat,
  concatAll,
  concatMap,
  delay,
  from,
  lastValueFrom,
  map,
  of,
  switchMap,
  tap,
  timer,
  toArray,
} from 'rxjs';
import { Message, miniagent } from 'miniagents';

const WORDS = ['react', 'reactive', 'record', 'redux', 'rxjs', 'rxjs-etc'];

/** Says which words begin with what was typed: one every 20 ms, in one message. */
const suggest = miniagent('suggest', (ctx) => {
  ctx.signal.addEventListener('abort', () => console.log('  … cancelled'));
  return ctx.messages.pipe(
    concatMap((question) => question.whole$),
    map(({ text }) => WORDS.filter((word) => word.startsWith(text))),
    map((words) => Message.stream(from(words).pipe(concatMap((word) => of(word).pipe(delay(20)))))),
  );
});

async function main(): Promise<void> {
  const typed$ = concat(of('r'), timer(70).pipe(map(() => 'rx'))).pipe(tap((text) => console.log(text)));
  const shown$ = typed$.pipe(switchMap(suggest), concatAll());
  const shown = await lastValueFrom(
    shown$.pipe(
      tap((word) => console.log(`  ${word}`)),
      toArray(),
    ),
  );
  console.log(`The last word was ${shown.at(-1)}.`);
}

void main();
