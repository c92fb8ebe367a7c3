import { expect } from 'chai';
import { setTimeout } from 'node:timers/promises';
import { profile, servePage, startBrowser } from './browser.js';

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

  it('has everything acknowledged, and nothing corrupt, after each of 10 kill -9 of the browser', async () => {
    const { folder, remove } = profile();
    const served = await servePage('indexeddb-writer.page.ts');
    let known = 0;
    for (let round = 0; round <= 10; round++) {
      const acknowledged = new Set<number>();
      const { page, kill } = await startBrowser(folder);
      let enough: () => void = () => {};
      const written = new Promise<void>((resolve) => (enough = resolve));
      await page.exposeFunction('acknowledge', (from: number, to: number) => {
        for (let number = from; number < to; number++) acknowledged.add(number);
        if (acknowledged.size >= 20) enough();
      });
      await page.goto(served.url);
      await page.addScriptTag({ url: `${served.url}program.js` });
      // What is there is whole, and as long as it was, at least.
      const found = await page.evaluate(() => (globalThis as unknown as { found: Promise<number> }).found);
      expect(found).to.be.at.least(known);
      await written;
      await setTimeout(Math.random() * 30);
      await kill();
      known = Math.max(...acknowledged) + 1;
    }
    await served.close();
    remove();
  });
});
