import { expect } from 'chai';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Recording } from 'miniagents/testing';
import { writeRecording } from 'miniagents/testing/node';
import { conversation, textOf } from '../recording/support.js';

describe('writeRecording', () => {
  const folder = mkdtempSync(join(tmpdir(), 'recording-'));
  const path = join(folder, 'deep', 'a.jsonl');
  const recording = new Recording(conversation('1', 'q'));
  after(() => rmSync(folder, { recursive: true }));

  it('writes a file and its folders, in the place of one that was there', async () => {
    for (const each of [new Recording(), recording]) await writeRecording(path, each);
    expect(readFileSync(path, 'utf8')).to.equal(textOf(recording.events));
  });

  it('leaves nothing behind where it fails', async () => {
    const taken = join(folder, 'taken');
    mkdirSync(join(taken, 'inside'), { recursive: true });
    expect(await writeRecording(taken, recording).catch((error: unknown) => error)).to.have.property('code');
    expect(readdirSync(folder)).to.have.members(['deep', 'taken']);
    expect(String(await writeRecording(path, 1 as never).catch((error: unknown) => error))).to.include(
      'a Recording to write',
    );
  });
});
