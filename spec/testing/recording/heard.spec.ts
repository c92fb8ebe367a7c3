import { marbles } from 'miniagents/testing';
import { Subject, timer } from 'rxjs';
import { MessageSequence } from '../../../lib/streams/message-sequence.js';
import { Heard } from '../../../lib/testing/recording/heard.js';

describe('Heard', () => {
  it('tells when an entry has come, when it is whole, and when that was all', () => {
    marbles(({ cold, tokens, expectObservable }) => {
      const changed$ = new Subject<string>();
      const messages = MessageSequence.from(cold('-m-----|', { m: tokens('---a-|') }));
      const heard = new Heard(messages, () => {
        heard.read();
        const { entries, all, complete } = heard;
        changed$.next(`${entries.length} ${heard.isWhole(0)} ${heard.isWhole(1)} ${all} ${complete}`);
      });
      heard.read();
      expectObservable(changed$).toBe('-m---w-c', {
        m: '1 false false false false',
        w: '1 true false false false',
        c: '1 true false true true',
      });
    });
  });

  it('hears no more when it is closed', () => {
    marbles(({ cold, expectObservable }) => {
      const changed$ = new Subject<string>();
      const heard = new Heard(MessageSequence.from(cold('-a-b|')), () => (heard.read(), changed$.next('changed')));
      heard.read();
      timer(2).subscribe(() => heard.close());
      expectObservable(changed$).toBe('-c', { c: 'changed' });
    });
  });
});
