import { expect } from 'chai';
import { chmod, mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readDocument, Skipped } from '../../samples/digest/read-document.js';

describe('reading a document', () => {
  let folder: string;
  const { signal } = new AbortController();
  const at = (name: string) => join(folder, name);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'miniagents-'));
  });

  afterEach(() => rm(folder, { recursive: true }));

  const reasonFor = (name: string): Promise<string> =>
    readDocument(at(name), signal).then(
      (text) => `it was read: ${text.slice(0, 20)}`,
      (error: unknown) => (error instanceof Skipped ? error.message : `unexpected: ${String(error)}`),
    );

  const TEXTS: Record<string, [Buffer, string]> = {
    'UTF-8': [Buffer.from('Grüße 😀'), 'Grüße 😀'],
    'UTF-8 with a byte order mark': [Buffer.from('\ufeffGrüße'), 'Grüße'],
    'UTF-16 with a byte order mark': [Buffer.from('\ufeffGrüße', 'utf16le'), 'Grüße'],
  };
  for (const [name, [bytes, text]] of Object.entries(TEXTS))
    it(`gives its text: ${name}`, async () => {
      await writeFile(at('a.txt'), bytes);
      expect(await readDocument(at('a.txt'), signal)).to.equal(text);
    });

  const SKIPPED: Record<string, [() => Promise<unknown>, string]> = {
    'a missing file': [() => Promise.resolve(), 'there is no such file'],
    'a folder': [() => mkdir(at('a')), 'it is a folder; name the files in it'],
    'an empty file': [() => writeFile(at('a'), ''), 'it is empty'],
    'a file of blank lines': [() => writeFile(at('a'), ' \n\n\t\n'), 'it is empty'],
    'a file with zero bytes in it': [() => writeFile(at('a'), 'PNG\0\x01'), 'it is not a text file (UTF-8)'],
    'a file in another encoding': [
      () => writeFile(at('a'), Buffer.from([0x47, 0xfc, 0xdf])),
      'it is not a text file (UTF-8)',
    ],
    'a device': [() => symlink('/dev/zero', at('a')), 'it is no ordinary file'],
    'links in a circle': [() => symlink(at('a'), at('a')), 'its symbolic links go round in a circle'],
    'a huge file': [() => writeFile(at('a'), '').then(() => truncate(at('a'), 6e9)), 'it is larger than 5 MB'],
  };
  for (const [name, [make, reason]] of Object.entries(SKIPPED))
    it(`says why it leaves out ${name}`, async () => {
      await make();
      expect(await reasonFor('a')).to.equal(reason);
    });

  it('says why it leaves out a file below a file, and one that may not be read', async () => {
    await writeFile(at('a'), 'text');
    expect(await reasonFor('a/b')).to.equal('there is no such file');
    await chmod(at('a'), 0);
    // The administrator may read everything.
    expect(await reasonFor('a')).to.equal(process.getuid?.() === 0 ? 'it was read: text' : 'no permission to read it');
  });

  it('stops when it is told to', async () => {
    await writeFile(at('a'), 'text');
    const error = await readDocument(at('a'), AbortSignal.abort()).catch((reason: unknown) => reason);
    expect(error).to.have.property('name', 'AbortError');
  });
});
