import { expect } from 'chai';
import { toMarbleDiagram } from 'miniagents/testing';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { profile, startBrowser } from '../../store/browser.js';
import { runs } from './runs.js';

/** Texts in the page that lie over one another or over an edge. */
function misplacedTexts(): string[] {
  const texts = [...document.querySelectorAll('text:not(.count), .name span')].filter(
    (text) => text.getClientRects().length > 0,
  );
  const placed = texts.map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }));
  const found: string[] = [];
  placed.forEach(({ text, box }, index) => {
    const root = document.documentElement.tagName === 'svg' ? document.documentElement.getAttribute('width') : null;
    if (box.left < 0 || (root !== null && box.right > Number(root))) found.push(`over the edge: ${text}`);
    for (const other of placed.slice(index + 1)) {
      const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
      const down = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
      if (across > 1 && down > 3) found.push(`${text} over ${other.text}`);
    }
  });
  return found;
}

describe('pictures, in Chromium', function () {
  this.timeout(300_000);
  const folder = mkdtempSync(join(tmpdir(), 'miniagents-pictures-'));
  const { folder: home, remove } = profile();
  const wrong: string[] = [];
  let page: Page;
  let kill: () => Promise<void>;

  const open = async (title: string, format: 'svg' | 'html') => {
    const recording = runs[title]?.();
    expect(recording, title).to.not.equal(undefined);
    const diagram = toMarbleDiagram(recording as NonNullable<typeof recording>, { title });
    const file = join(folder, `picture.${format}`);
    writeFileSync(file, format === 'svg' ? diagram.toSVG() : diagram.toHTML());
    await page.mouse.move(0, 0);
    await page.goto(pathToFileURL(file).href);
  };
  /** Takes the pointer away from all marbles, after which the card goes. */
  const leave = async () => {
    await page.mouse.move(0, 0);
    await page.locator('#card').waitFor({ state: 'hidden' });
  };

  before(async () => {
    ({ page, kill } = await startBrowser(home));
    await page.setViewportSize({ width: 1280, height: 720 });
    page.on('console', (message) => wrong.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => wrong.push(`error: ${error.message}`));
    page.on('request', (request) => {
      if (!/\/picture\.(svg|html)$/.test(request.url())) wrong.push(`request: ${request.url()}`);
    });
  });

  after(async () => {
    await kill();
    remove();
    rmSync(folder, { recursive: true });
  });

  // Asks for nothing from elsewhere, breaks no policy, throws nothing.
  afterEach(() => expect(wrong.splice(0)).to.deep.equal([]));

  for (const colorScheme of ['light', 'dark'] as const)
    for (const format of ['svg', 'html'] as const)
      for (const title of Object.keys(runs))
        it(`${title}, as ${format}, ${colorScheme}: no text lies over another`, async () => {
          await page.emulateMedia({ colorScheme });
          await open(title, format);
          expect(await page.evaluate(misplacedTexts)).to.deep.equal([]);
          // What a message says cannot become a part of the page.
          expect(await page.title()).to.equal(title);
          const surface = await page.evaluate(() =>
            getComputedStyle(document.documentElement).getPropertyValue('--surface'),
          );
          expect(surface).to.equal(colorScheme === 'light' ? '#ffffff' : '#0d1117');
        });

  it('a marble tells what it stands for when it is pointed at', async () => {
    await open('eight agents', 'html');
    const card = page.locator('#card');
    expect(await card.isVisible()).to.equal(false);
    await page.locator('svg[aria-label="archive"] .point').last().hover();
    expect(await card.innerText())
      .to.include('archive failed, 1.44 s')
      .and.include('does not answer (503)');
    await leave();
    await page.locator('svg[aria-label="planner"] .point').hover();
    expect(await card.innerText()).to.match(/^planner replied, 300 ms\s+Agents are functions[^]*hash\s+[0-9a-f]{64}$/);
    await page.keyboard.press('Escape');
    expect(await card.isVisible()).to.equal(false);
  });

  it('a marble is reached by keyboard, along a lane and from lane to lane', async () => {
    await open('eight agents', 'html');
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    await page.locator('.point').first().focus();
    expect(await focused()).to.equal('0 ms, was asked: What is new about marble diagrams?');
    await page.keyboard.press('ArrowRight');
    expect(await focused()).to.include('503');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowDown');
    expect(await focused()).to.match(/^300 ms, reply/);
    expect(await page.locator('#card').innerText()).to.include('planner replied');
  });

  it('lanes fold, by mouse and by keyboard', async () => {
    await open('eight agents', 'html');
    const shown = () => page.locator('.lane:visible .name').allInnerTexts();
    expect(await shown()).to.have.length(9);
    await page.getByRole('button', { name: 'Fold web search' }).click();
    expect(await shown()).to.have.length(8);
    await page.getByRole('button', { name: 'Fold library search' }).focus();
    await page.keyboard.press('Enter');
    expect(await shown()).to.deep.equal([
      'research',
      'planner',
      'web search',
      'library search',
      'archive',
      'slow model',
      'editor',
    ]);
    await page.locator('#fold').click();
    expect(await shown()).to.deep.equal(['research']);
    // What was folded inside stays folded when what is around it opens.
    await page.getByRole('button', { name: 'Fold research' }).click();
    expect(await shown()).to.have.length(7);
    await page.locator('#unfold').click();
    expect(await shown()).to.have.length(9);
  });

  it('what a marble tells does not cover it, in a small window either', async () => {
    await page.setViewportSize({ width: 700, height: 360 });
    await open('eight agents', 'html');
    for (const name of ['research', 'library search', 'editor']) {
      const point = page.locator(`svg[aria-label="${name}"] .point`).first();
      await point.scrollIntoViewIfNeeded();
      await point.focus();
      const [marble, card] = [await point.boundingBox(), await page.locator('#card').boundingBox()];
      if (!marble || !card) throw new Error('expected both to be seen');
      const isApart = card.y >= marble.y + marble.height || card.y + card.height <= marble.y;
      expect({ name, isApart, isInside: card.y >= 0 && card.y + card.height <= 360 }).to.deep.equal({
        ...{ name, isApart: true, isInside: true },
      });
    }
    await page.setViewportSize({ width: 1280, height: 720 });
  });

  it('50,000 tokens are shown in full', async () => {
    await open('50,000 tokens', 'html');
    await page.locator('.point').last().hover();
    const text = await page.locator('#card pre').first().textContent();
    expect(text?.split(' ')).to.have.length(50_001);
  });
});
