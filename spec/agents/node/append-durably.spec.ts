import { expect } from 'chai';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { appendDurably } from '../../../lib/agents/node/append-durably.js';
import { temporaryFolder } from './temporary-folder.js';

describe('appendDurably', () => {
  const at = temporaryFolder();

  it('makes the file and its folders, and appends', async () => {
    await appendDurably(at('new/folder/file.md'), 'one\n');
    await appendDurably(at('new/folder/file.md'), 'two\n');
    expect(await readFile(at('new/folder/file.md'), 'utf8')).to.equal('one\ntwo\n');
  });

  it('begins on a line of its own where the file ends in mid-line', async () => {
    await writeFile(at('torn.md'), 'tor');
    await appendDurably(at('torn.md'), 'one\n');
    expect(await readFile(at('torn.md'), 'utf8')).to.equal('tor\none\n');
  });

  if (existsSync('/dev/full'))
    it('fails where there is no room', async () => {
      const error = (await appendDurably('/dev/full', 'one\n').catch((reason: unknown) => reason)) as { code: string };
      expect(error.code).to.equal('ENOSPC');
    });

  it('fails with the error of the file system', async () => {
    await mkdir(at('folder'));
    const codeOf = (file: string) => appendDurably(file, 'x').catch((error: NodeJS.ErrnoException) => error.code);
    expect(await codeOf(at('folder'))).to.equal('EISDIR');
    await writeFile(at('file'), '');
    expect(await codeOf(at('file/below'))).to.be.oneOf(['EEXIST', 'ENOTDIR']);
  });
});
