import { expect } from 'chai';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RecordingError } from 'miniagents/testing';
import { readRecording } from 'miniagents/testing/node';
import { conversation, textOf } from '../recording/support.js';

describe('readRecording', () => {
  const folder = mkdtempSync(join(tmpdir(), 'recording-'));
  const path = join(folder, 'a.jsonl');
  const failing = (given: string) => readRecording(given).catch((error: unknown) => error);
  after(() => rmSync(folder, { recursive: true }));

  it('reads a file, or says what is wrong with it, and where', async () => {
    writeFileSync(path, textOf(conversation('1', 'q')));
    expect((await readRecording(path)).events).to.deep.equal(conversation('1', 'q'));
    writeFileSync(path, '{"recording":9}\n');
    expect(await failing(path))
      .to.be.instanceOf(RecordingError)
      .with.property('message')
      .that.includes(`line 1 of ${path}`);
    expect(await failing(join(folder, 'none'))).to.have.property('code', 'ENOENT');
    expect(String(await failing(''))).to.include('the path of a recording');
  });
});
