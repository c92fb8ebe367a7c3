import { expect } from 'chai';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { profile, servePage, startBrowser } from './browser.js';
import type { WriterPage } from './indexeddb-writer.page.js';

/** Runs mocha in the page, and gives what it has to say. */
function runMocha(): Promise<{ passed: string[]; failed: string[] }> {
  mocha.setup({ ui: 'bdd', timeout: 60_000, reporter: class {} as never });
  return new Promise((resolve) => {
    const script = document.createElement('script');
    script.src = 'program.js';
    script.onload = () => {
      const [passed, failed]: string[][] = [[], []];
      mocha
        .run()
        .on('pass', (test) => passed?.push(test.fullTitle()))
        .on('fail', (test, error: Error) => failed?.push(`${test.fullTitle()}: ${error.stack}`))
        .on('end', () => resolve({ passed: passed ?? [], failed: failed ?? [] }));
    };
    document.head.append(script);
  });
}

describe('indexedDbStore, in Chromium', function () {
  this.timeout(300_000);

  it('does what every store does', async () => {
    const { folder, remove } = profile();
    const served = await servePage('indexeddb.page.ts');
    const { page, kill } = await startBrowser(folder);
    await page.goto(served.url);
    const { passed, failed } = await page.evaluate(runMocha);
    await kill();
    await served.close();
    remove();
    for (const title of passed) console.log(`      in the page: ${title}`);
    console.log(`\n  ${passed.length} passing\n${failed.length > 0 ? `  ${failed.length} failing\n` : ''}`);
    expect(failed).to.deep.equal([]);
    expect(passed).to.have.length.greaterThan(20);
  });

  // Each time with a database of its own: what a kill tears off may cost Chromium all of it, when it is opened for the second time.
  it('has everything acknowledged, and nothing corrupt, after each of 10 kill -9 of the browser', async () => {
    for (let round = 0; round < 10; round++) {
      const { browse, remove } = await writerPages();
      const acknowledged = await writeUntilKilled(await browse(), 0);
      const after = await browse();
      expect(await look(after)).to.be.at.least(acknowledged);
      await after.kill();
      await remove();
    }
  });

  it('tells once of a database that the browser has lost, and goes on with an empty one', async () => {
    const { folder, browse, remove } = await writerPages();
    await writeUntilKilled(await browse(), 0);
    damage(folder);
    const after = await browse();
    expect(await look(after).catch(String)).to.match(
      /IndexedDB store kill: the browser found it damaged and made it anew, empty: .*corrupt/,
    );
    expect(await look(after)).to.equal(0);
    const acknowledged = await writeUntilKilled(after, 0);
    const last = await browse();
    expect(await look(last)).to.be.at.least(acknowledged);
    await last.kill();
    await remove();
  });
});

type Browser = Awaited<ReturnType<typeof startBrowser>>;

/** Browsers, one after the other, on the same database, each with the page that looks and writes. */
async function writerPages() {
  const { folder, remove } = profile();
  const { url, close } = await servePage('indexeddb-writer.page.ts');
  const browse = async () => {
    const browser = await startBrowser(folder);
    await browser.page.goto(url);
    await browser.page.addScriptTag({ url: `${url}program.js` });
    return browser;
  };
  return { folder, browse, remove: () => close().then(remove) };
}

const look = ({ page }: Browser) => page.evaluate(() => (globalThis as unknown as WriterPage).look());

/** Has a page write from a number on, and kills the browser in the middle of it; gives the number after the last acknowledged. */
async function writeUntilKilled({ page, kill }: Browser, from: number): Promise<number> {
  let acknowledged = from;
  let enough: () => void = () => {};
  const written = new Promise<void>((resolve) => (enough = resolve));
  await page.exposeFunction('acknowledge', (to: number) => {
    acknowledged = to;
    if (to >= from + 20) enough();
  });
  page.evaluate((number) => (globalThis as unknown as WriterPage).write(number), from).catch(() => {});
  await written;
  await setTimeout(Math.random() * 30);
  await kill();
  return acknowledged;
}

/** Changes what a browser has written of its databases, as a bad disk would. */
function damage(folder: string): void {
  const databases = join(folder, 'Default/IndexedDB');
  const [log = ''] = readdirSync(databases, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.log'),
  );
  const bytes = readFileSync(join(databases, log));
  bytes.fill(0xff, 100, 110);
  writeFileSync(join(databases, log), bytes);
}
