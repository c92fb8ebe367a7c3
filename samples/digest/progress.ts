import { combineLatest, filter, map, type Observable, scan, startWith, timer } from 'rxjs';
import type { MiniAgentsEvent } from 'miniagents';

/** How far the readers are, told anew with each that is through, and every second. */
export function progressOf(events$: Observable<MiniAgentsEvent>, total: number): Observable<string> {
  const read$ = events$.pipe(
    filter(({ type, interaction }) => interaction.agent === 'reader' && (type === 'finished' || type === 'failed')),
    scan((count) => count + 1, 0),
    startWith(0),
  );
  return combineLatest([read$, timer(0, 1000)]).pipe(
    map(([read, seconds]) => `${read === total ? 'editing' : 'reading'} · ${read} of ${total} files · ${seconds} s`),
  );
}
