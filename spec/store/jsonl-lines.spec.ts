import { expect } from 'chai';
import { Message } from '../../lib/messages/message.js';
import { BODY_AT, header, messageLine, readLine, turnLines, VERSION } from '../../lib/store/jsonl-lines.js';
import { rowOf } from '../../lib/store/stored-form.js';

describe('the lines of a file of messages', () => {
  const { hashKey, body } = rowOf(new Message({ text: 'ünï 🦉 \n', data: { a: 1 } }));
  const withoutEnd = (line: Buffer) => line.subarray(0, -1);

  it('are JSON, each on one line', () => {
    const turns = [
      { conversation: 'a\n', hashKey },
      { conversation: 'b', hashKey },
      { conversation: 'a\n', hashKey: 'x' },
    ];
    const lines = [Buffer.from(header), messageLine(hashKey, body), ...turnLines(turns)].map(String);
    for (const line of lines) expect(line.indexOf('\n')).to.equal(line.length - 1);
    expect(lines.map((line) => JSON.parse(line) as unknown)).to.deep.equal([
      { miniagents: 'messages', version: VERSION },
      { hashKey, message: JSON.parse(body) as unknown },
      { conversation: 'a\n', hashKeys: [hashKey, 'x'] },
      { conversation: 'b', hashKeys: [hashKey] },
    ]);
  });

  it('are read as what they were', () => {
    expect(readLine(Buffer.from(header.trim()))).to.deep.equal({ kind: 'header', version: VERSION });
    expect(readLine(withoutEnd(messageLine(hashKey, body)))).to.deep.equal({ kind: 'message', hashKey });
    const [line] = turnLines([{ conversation: 'a', hashKey }]) as [Buffer];
    expect(readLine(withoutEnd(line))).to.deep.equal({ kind: 'conversation', conversation: 'a', hashKeys: [hashKey] });
  });

  it('have the body of a message at a known place', () => {
    const line = messageLine(hashKey, body);
    expect(line.subarray(BODY_AT, -2).toString()).to.equal(body);
  });

  it('are nothing if they are not what was written', () => {
    const line = withoutEnd(messageLine(hashKey, body)).toString();
    const changed = [
      line.slice(0, -1),
      line.replace('"a":1', '"a":2'),
      line.replace(hashKey, '0'.repeat(64)),
      line.slice(0, 40),
    ];
    for (const text of [
      '',
      'null',
      '1',
      '{}',
      '[]',
      '{"conversation":"a"}',
      '{"conversation":1,"hashKeys":[]}',
      ...changed,
    ])
      expect(readLine(Buffer.from(text)), text).to.equal(undefined);
  });
});
