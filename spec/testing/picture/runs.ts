import { Recording } from 'miniagents/testing';
import { words, WrittenRun } from './written-run.js';

/** Runs of many kinds, each to be drawn. */
export const runs: Record<string, () => Recording> = {
  'one agent': () =>
    recorded((run) => {
      const hello = run.call(0, 'hello');
      run.ask(0, hello, 'Who are you?');
      run.end(run.stream(40, hello, 55, words(12)), hello);
    }),

  'eight agents': () =>
    recorded((run) => {
      const top = run.call(0, 'research');
      run.ask(0, top, 'What is new about marble diagrams?');
      const planner = run.call(1, 'planner', top);
      const planned = run.stream(300, planner, 30, words(8));
      run.end(planned, planner);
      const ends = ['web search', 'library search'].map((name, index) => {
        const search = run.call(planned, name, top);
        run.pass(planned, 'received', search, `${planner}>1`);
        const reader = run.call(planned + 50, 'reader', search);
        const end = run.stream(planned + 200 * (index + 1), reader, 40 + index * 15, words(18), [search]);
        run.end(end, reader);
        run.end(end + 5, search);
        return end;
      });
      const error = ['HttpError', 'the archive does not answer (503)'] as const;
      run.fail(planned + 900, run.call(planned, 'archive', top), ...error);
      run.passError(planned + 1400, top, ...error);
      const slow = run.call(planned, 'slow model', top);
      run.stream(planned + 400, slow, 100, words(5));
      run.end(planned + 1200, slow, 'cancelled');
      const asked = Math.max(...ends) + 10;
      const editor = run.call(asked, 'editor', top, asked + 200);
      const end = run.stream(asked + 500, editor, 25, words(40), [top]);
      run.end(end, editor);
      run.end(end + 2, top);
    }),

  'one hundred agents': () =>
    recorded((run) => {
      const top = run.call(0, 'conductor');
      for (let index = 0; index < 9; index++) {
        const section = run.call(5 * index, `section ${index + 1}`, top);
        for (let place = 0; place < 10; place++) player(run, [section, top], index, place);
        run.end(1400, section);
      }
      run.end(1410, top);
    }),

  'long names': () =>
    recorded((run) => {
      const top = run.call(0, 'an agent whose name goes on and on, with <script>alert(1)</script> & "quotes" in it');
      const japanese = run.call(2, '非常に長い名前のエージェント、これは日本語の名前です。とても長いです', top);
      run.say(10, japanese, '👩‍👩‍👧‍👦 家族です。これは長いメッセージで、切らなければなりません。とても長い。', [top]);
      run.end(20, japanese);
      const arabic = run.call(2, 'شبكة العملاء الطويلة جدا التي لا تنتهي أبدا', top);
      run.say(30, arabic, 'مرحبا بالعالم، هذه رسالة طويلة', [top]);
      run.end(32, arabic);
      const long = run.call(33, 'x'.repeat(300), top);
      run.say(36, long, 'y'.repeat(5000), [top]);
      run.say(90, long, 'the last words come late, and do not fit to the right of it');
      run.end(95, long);
      run.end(100, top);
    }),

  '50,000 tokens': () =>
    recorded((run) => {
      const writer = run.call(0, 'writer');
      const model = run.call(0, 'model', writer, 5);
      const end = run.stream(800, model, 1.2, words(50_000), [writer]);
      run.end(end, model);
      run.end(end, writer);
    }),

  'through ten agents': () =>
    recorded((run) => {
      const outside: string[] = [];
      for (let level = 1; level <= 10; level++) outside.unshift(run.call(level, `level ${level}`, outside[0]));
      const leaf = run.call(11, 'leaf', outside[0]);
      const end = run.stream(100, leaf, 20, words(30), outside);
      for (const each of [leaf, ...outside]) run.end(end + 1, each);
    }),

  'not ended': () =>
    recorded((run) => {
      const chat = run.call(0, 'chat');
      run.ask(0, chat, 'hi');
      run.begin(3000, chat, [
        [3000, 'Well'],
        [75_000, ', I'],
      ]);
      run.call(10_000, 'tool', chat, 15_000);
      run.call(20_000, 'never started', chat, Infinity);
    }),

  'no time at all': () =>
    recorded((run) => {
      const sync = run.call(0, 'sync');
      run.ask(0, sync, 'hi');
      for (const text of ['one', 'two', 'three']) run.say(0, sync, text);
      run.end(0, sync);
    }),

  'hostile texts': () =>
    recorded((run) => {
      const top = run.call(0, '</title></svg><script>document.title = "broken out"</script>');
      run.ask(0, top, ']]></script><!--<script>document.title = "broken out"</script>');
      run.say(10, top, '\u001b[31mred\u001b[0m \u202egnihsif \u0000 \ud800 <img src=x onerror="document.title = 1">');
      run.fail(20, top, 'Error', '"><script>document.title = "broken out"</script>');
    }),

  nothing: () => recorded(() => {}),
};

function recorded(write: (run: WrittenRun) => void): Recording {
  const run = new WrittenRun();
  write(run);
  return new Recording(run.events);
}

/** One of many that play together: some fail, some are cancelled. */
function player(run: WrittenRun, through: readonly string[], section: number, place: number): void {
  const name = place % 3 === 0 ? 'soloist' : 'player';
  const asked = 20 * place + 5 * section;
  const self = run.call(asked, name, through[0], asked + 40);
  const tokens = words(20 + ((section * 7 + place * 3) % 30));
  const end = run.stream(100 + 37 * place + 11 * section, self, 8 + ((section * place) % 9), tokens, through);
  if ((section + place) % 17 === 16) run.fail(end + 1, self, 'RangeError', 'out of tune');
  else run.end(end, self, (section * place) % 23 === 22 ? 'cancelled' : 'finished');
}
