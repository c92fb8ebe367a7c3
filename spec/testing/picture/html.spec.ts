import { expect } from 'chai';
import { createHash } from 'node:crypto';
import { toHTML } from '../../../lib/testing/picture/html.js';
import { tell } from '../../../lib/testing/picture/tell.js';
import { runs } from './runs.js';

const draw = (title: string): string => toHTML(tell(runs[title]?.().events ?? []), { width: 1200, title });
const inside = (page: string, tag: string): string[] =>
  [...page.matchAll(new RegExp(`<${tag}>([^]*?)</${tag}>`, 'g'))].map(([, content = '']) => content);

describe('toHTML', () => {
  for (const title of Object.keys(runs))
    it(`${title}: has its own script and style, allowed by name, and nothing else`, () => {
      const page = draw(title);
      const hash = (code: string) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`;
      const [[script = '', ...scripts], [style = '', ...styles]] = [inside(page, 'script'), inside(page, 'style')];
      expect([scripts, styles]).to.deep.equal([[], []]);
      expect(page).to.include(`content="default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}"`);
      const tags = page.replace(/<script[^]*?<\/script>/g, '').match(/<[^>]*>/g) ?? [];
      const attributes = tags.flatMap((tag) => tag.replace(/"[^"]*"/g, '').match(/[\w-]+(?==)/g) ?? []);
      expect(attributes.filter((name) => /^(style|src|srcset|href|action|on.*)$/.test(name))).to.deep.equal([]);
      expect(tags.join()).to.not.match(/https?:/);
      expect(page).to.not.match(/NaN|undefined</);
    });

  it('has a button to fold each lane that has others in it', () => {
    expect(draw('eight agents').match(/class="fold"/g)).to.have.length(3);
    expect(draw('one agent')).to.not.include('class="fold"').and.not.include('id="fold"');
  });

  it('has one stop for the keyboard in each lane', () => {
    expect(draw('eight agents').match(/tabindex="0"/g)).to.have.length(9);
  });

  it('names what is in a lane', () => {
    const page = draw('eight agents');
    expect(page).to.include('role="group" aria-label="slow model"');
    expect(page).to.include('aria-label="300 ms, reply: Agents are functions');
  });
});
