import { expect } from 'chai';
import { dark, light } from '../../../lib/testing/picture/colours.js';
import { styleOf } from '../../../lib/testing/picture/style.js';

describe('styleOf', () => {
  const style = styleOf('svg');

  it('is light, and dark where the reader likes it so', () => {
    const [before = '', after = ''] = style.split('@media (prefers-color-scheme:dark)');
    expect(before).to.include(`--surface:${light.surface}`).and.not.include(dark.surface);
    expect(after).to.include(`--surface:${dark.surface}`);
  });

  it('names no colour that is not set', () => {
    const used = new Set([...style.matchAll(/var\(--(\w+)\)/g)].map(([, name]) => name));
    for (const name of used) expect(style).to.include(`--${name}:`);
    expect([...used]).to.include.members(['c0', 'c7', 'text', 'error']);
  });

  it('asks for nothing from elsewhere, and can stand in markup', () => {
    expect(style).to.not.match(/url\(|@import|[<&]/);
  });
});
