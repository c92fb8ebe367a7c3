import { Observable } from 'rxjs';
import { Unfinished } from './unfinished.js';

/** An Observable whose errors can name the agents that are asked when it is subscribed to, as by `of('go').pipe(agent)`. */
export class WhoIsAsked<Value> {
  readonly #agents = new Set<string>();

  /** The same Observable, watched. */
  readonly observed = new Observable<Value>((subscriber) => {
    const unfinished = new Unfinished();
    const subscription = this.source.subscribe(subscriber);
    for (const name of unfinished.names) this.#agents.add(name);
    return subscription;
  });

  constructor(private readonly source: Observable<Value>) {}

  toString(): string {
    const names = [...this.#agents];
    return names.length === 0 ? 'the Observable' : `${names.length === 1 ? 'agent' : 'agents'} ${names.join(', ')}`;
  }
}
