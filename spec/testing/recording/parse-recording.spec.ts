import { expect } from 'chai';
import { parseEvents } from '../../../lib/testing/recording/parse-recording.js';
import { RecordingError } from '../../../lib/testing/recording/recording-error.js';
import { conversation, textOf } from './support.js';

/** A good text in which one line is another one. */
function withLine(number: number, line: string): string {
  const lines = textOf(conversation('1', 'q', 'a', 'b')).split('\n');
  lines[number - 1] = line;
  return lines.join('\n');
}

describe('the text of a recording', () => {
  it('may begin with a byte order mark', () => {
    const events = conversation('1', 'q');
    expect(parseEvents(`\ufeff${textOf(events)}`)).to.deep.equal(events);
  });

  const wrong: Record<string, [text: string, line: number, why: string]> = {
    'an empty file': ['', 1, 'a line of JSON; got "" (string)'],
    'no header': ['{"at":0}\n', 1, 'the header of a recording'],
    'a header that is no object': ['1\n', 1, 'the header of a recording'],
    'a newer version': [
      withLine(1, '{"recording":2}'),
      1,
      'a newer version of miniagents wrote it; got {"recording":2}',
    ],
    'a line that is cut off': [
      textOf(conversation('1', 'q')).slice(0, -9),
      10,
      'a whole line, and the text is cut off in it',
    ],
    'a line that is no JSON': [withLine(3, 'hello'), 3, 'a line of JSON; got "hello"'],
    'an empty line': [withLine(3, ''), 3, 'a line of JSON; got "" (string)'],
    'no event': [withLine(3, '[1]'), 3, 'an event: { "at": …, "type": … }; got [1]'],
    'an unknown type': [withLine(3, '{"at":0,"type":"sent"}'), 3, 'a type of event (inquired,'],
    'a missing field': [
      withLine(2, '{"at":0,"type":"inquired","run":"1","params":{}}'),
      2,
      'a text as agent; got undefined',
    ],
    'a field of another kind': [
      withLine(2, '{"at":"0","type":"inquired","run":"1"}'),
      2,
      'a number of milliseconds as at; got "0"',
    ],
    'a field too many': [
      withLine(6, '{"at":0,"type":"started","run":"1","who":1}'),
      6,
      'only type, at, run; got {"who":1}',
    ],
    'an unknown run': [
      withLine(6, '{"at":0,"type":"started","run":"2"}'),
      6,
      'a run that an earlier line tells of; got "2"',
    ],
    'an unknown message': [
      withLine(9, '{"at":0,"type":"token","message":"1>9","token":"a"}'),
      9,
      'a message that an earlier line tells of',
    ],
    'a message that has ended': [
      withLine(12, '{"at":2,"type":"token","message":"1<1","token":"a"}'),
      12,
      'nothing more of message 1<1',
    ],
    'a value that is no message': [
      withLine(4, '{"at":0,"type":"resolved","message":"1<1","value":{"$type":"Message","text":1}}'),
      4,
      'a message:',
    ],
    'a value with other fields': [
      withLine(4, '{"at":0,"type":"resolved","message":"1<1","value":{"$type":"Message","text":"a","mood":1}}'),
      4,
      'a message:',
    ],
    'a time before that of the line before': [
      withLine(10, '{"at":0,"type":"token","message":"1>1","token":"b"}'),
      10,
      'no time before 1, that of the line before; got 0',
    ],
    'a start that comes twice': [
      withLine(7, '{"at":0,"type":"started","run":"1"}'),
      7,
      'run 1 to start once; got "started"',
    ],
    'a reply before the start': [
      withLine(6, '{"at":0,"type":"replied","run":"1","message":"1>1","draft":{"$type":"Message","text":""}}'),
      6,
      'the start of run 1 before that; got "replied"',
    ],
    'a second end of what was asked': [
      withLine(6, '{"at":0,"type":"receivedAll","run":"1"}'),
      6,
      'nothing more received by run 1, after its receivedAll; got "receivedAll"',
    ],
    'a message that is asked after the end of what was asked': [
      withLine(6, '{"at":0,"type":"received","run":"1","message":"1<2","draft":{"$type":"Message","text":""}}'),
      6,
      'nothing more received by run 1, after its receivedAll; got "received"',
    ],
    'a reply after the end of the replies': [
      withLine(9, '{"at":1,"type":"replied","run":"1","error":{"name":"Error","message":"late"}}'),
      9,
      'nothing more replied by run 1, after its repliedAll; got "replied"',
    ],
    'a second end of the replies': [
      withLine(9, '{"at":1,"type":"repliedAll","run":"1"}'),
      9,
      'nothing more replied by run 1, after its repliedAll; got "repliedAll"',
    ],
    'an event of a run that is over': [
      withLine(13, '{"at":2,"type":"replied","run":"1","message":"1>1"}\n'),
      13,
      'nothing more of run 1, which has ended; got "replied"',
    ],
    'a run that is over before its reply is whole': [
      withLine(11, '{"at":2,"type":"finished","run":"1"}'),
      11,
      'the end of message 1>1 before that of run 1; got "finished"',
    ],
    'a message that is introduced twice': [
      withLine(8, '{"at":0,"type":"replied","run":"1","message":"1>1","draft":{"$type":"Message","text":""}}'),
      8,
      'no draft of message 1>1, which is known already; got {"$type":"Message","text":""}',
    ],
    'a message with the id of another place': [
      withLine(7, '{"at":0,"type":"replied","run":"1","message":"1>2","draft":{"$type":"Message","text":""}}'),
      7,
      'message 1>1, or one that an earlier line tells of; got "1>2"',
    ],
    'an error that is none': [withLine(8, '{"at":0,"type":"replied","run":"1","error":"boom"}'), 8, 'an error:'],
  };
  for (const [title, [text, line, why]] of Object.entries(wrong))
    it(`${title} is an error that names the line`, () => {
      expect(() => parseEvents(text, 'run.jsonl')).to.throw(RecordingError, `line ${line} of run.jsonl: expected `);
      expect(() => parseEvents(text))
        .to.throw(RecordingError, why)
        .with.property('line', line);
    });

  it('may lack the end of its last line, and have other ends of lines', () => {
    const text = textOf(conversation('1', 'q'));
    expect(parseEvents(text.trimEnd())).to.deep.equal(parseEvents(text));
    expect(parseEvents(text.replaceAll('\n', '\r\n'))).to.deep.equal(parseEvents(text));
  });
});
