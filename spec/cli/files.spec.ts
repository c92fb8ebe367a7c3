import { expect } from 'chai';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandError } from '../../lib/cli/command-error.node.js';
import { isSameFile, readText, writeText } from '../../lib/cli/files.node.js';

describe('files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'miniagents-files-'));
  after(() => rmSync(folder, { recursive: true }));

  it('are written and read', async () => {
    await writeText(join(folder, 'a.txt'), 'a text, déjà vu\n');
    expect(await readText(join(folder, 'a.txt'))).to.equal('a text, déjà vu\n');
  });

  it('a stream is read to its end, also where a character is cut in two', async () => {
    const bytes = Buffer.from('déjà vu');
    const chunks = (async function* () {
      yield* [bytes.subarray(0, 2), bytes.subarray(2)];
    })();
    expect(await readText(chunks)).to.equal('déjà vu');
  });

  it('are the same under several names', async () => {
    const [one, other, link] = ['one', 'other', 'link'].map((name) => join(folder, name)) as [string, string, string];
    await writeText(one, '');
    await writeText(other, '');
    symlinkSync(one, link);
    expect(await isSameFile(one, link)).to.equal(true);
    expect(await isSameFile(one, other)).to.equal(false);
    expect(await isSameFile(join(folder, 'none'), join(folder, 'none'))).to.equal(false);
  });

  it('what fails is told in one line', async () => {
    const failing = (async function* (): AsyncGenerator<string> {
      yield 'some';
      throw Object.assign(new Error('read EIO'), { code: 'EIO' });
    })();
    for (const [work, message] of [
      [() => readText(join(folder, 'none')), `cannot read ${join(folder, 'none')}: there is no such file or folder`],
      [() => readText(failing), 'cannot read standard input: read EIO'],
      [() => writeText(folder, ''), `cannot write ${folder}: it is a folder`],
    ] as const) {
      const error: unknown = await work().then(
        () => undefined,
        (reason: unknown) => reason,
      );
      expect(error).to.be.instanceOf(CommandError).and.include({ message, exitCode: 1 });
    }
  });
});
