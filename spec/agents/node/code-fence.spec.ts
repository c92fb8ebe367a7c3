import { expect } from 'chai';
import { CodeFence } from '../../../lib/agents/node/code-fence.js';

/** Before which of the lines a fence is open. */
function openIn(text: string): string {
  const fence = new CodeFence();
  return text
    .split('\n')
    .map((line) => {
      const open = fence.open;
      fence.take(line);
      return open ? 'x' : '.';
    })
    .join('');
}

describe('CodeFence', () => {
  it('is open from a fence to one of the same kind that is as long', () => {
    expect(openIn('text\n```ts\ncode\n```\ntext')).to.equal('..xx.');
    expect(openIn('~~~\n```\n~~\n~~~~\ntext')).to.equal('.xxx.');
    expect(openIn('````\n```\n```` \ntext')).to.equal('.xx.');
    expect(openIn('1. ```sh\n   npm ci\n   ```\ntext')).to.equal('.xx.');
    expect(openIn('- * ~~~\n- ~~~\n~~~\ntext')).to.equal('.xx.');
    expect(openIn('1. list\n    ```\n    code\n    ```\r\ntext')).to.equal('..xx.');
  });

  it('is not opened by code in a line, and not closed by a fence with words', () => {
    expect(openIn('``` `code` ```\ntext\n``code``\n``')).to.equal('....');
    expect(openIn('```\n```ts\n```\ntext')).to.equal('.xx.');
  });

  it('forgets', () => {
    const fence = new CodeFence();
    fence.take('```');
    fence.reset();
    expect(fence.open).to.equal(false);
  });
});
