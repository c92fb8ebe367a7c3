import { Observable } from 'rxjs';
import { currentScope } from '#ambient';
import { callLast } from '../scope/call.js';
import { isFailure } from '../scope/failure.js';
import { ownerNow } from '../scope/owner.js';
import type { Scope } from '../scope/scope.js';
import { subscribe } from '../streams/delivery.js';
import type { MessagePromise } from '../streams/message-promise.js';
import { ENDED } from '../streams/reader.js';
import type { Reader } from '../streams/reader.js';
import { Run } from './run.js';
import type { Runnable } from './run.js';

/**
 * An Observable with a run of its own for each subscriber. It ends when all messages are whole; a subscriber who leaves
 * earlier cancels the run, quietly: whoever still reads one of its messages sees its tokens end there.
 */
export function coldRun(agent: Runnable, messages: unknown): Observable<MessagePromise> {
  const caller = currentScope();
  return new Observable((subscriber) => {
    const run = new Run(agent, messages, ownerOf(caller));
    let completed = false;
    let failed = false;
    const watch = (replies: Reader<MessagePromise>): Reader<MessagePromise> => ({
      read() {
        const reading = replies.read();
        completed = reading === ENDED;
        failed = isFailure(reading);
        return reading;
      },
      close: () => replies.close(),
    });
    subscriber.add(() => {
      const leave = () => run.cancelBecause('its subscriber left', true);
      // What has just come to its end, and with that to the error, ends by itself.
      if (failed) callLast({ run: leave });
      else if (!completed) leave();
    });
    subscriber.add(subscribe((task) => watch(run.replies.reader(task, true)), subscriber));
  });
}

/** The run that the call was made in; outside of any, or after its end, the one in which it is subscribed to. */
function ownerOf(caller: Scope | undefined): Scope {
  const owner = ownerNow();
  return caller && !caller.over && (caller instanceof Run || !(owner instanceof Run)) ? caller : owner;
}
