import { expect } from 'chai';
import { proseOf } from '../../samples/digest/prose.js';

const document = `---
title: Front matter
tags: [a, b]
---

# A heading

A paragraph over
two lines, with a [link](https://example.org/a_(b) "title"), *emphasis*, **more of it** and \`co*de*\`.

Another heading
---------------

> A quotation
> of two lines.

- One item,
  over two lines.
- [x] Another with ![an image](a.png) in it.
1. A numbered one (see [this][1]).

\`\`\`ts
const code = 'is no prose';
\`\`\`

  ~~~
  nor is this
  ~~~

| a | table |
| - | ----- |
| 1 | 2     |

a | table | without edges
--|---|--

***

<p align="center"><b>Bold</b> words</p> <!-- a comment
over lines -->

[1]: https://example.org

A snake_case_name, 2 * 3 * 4 &amp; a bare address: https://example.org/x.
`;

describe('prose of a document', () => {
  it('is its paragraphs and list items, without the marks of Markdown', () => {
    expect(proseOf(document)).to.deep.equal([
      'A paragraph over two lines, with a link, emphasis, more of it and `co*de*`.',
      'A quotation of two lines.',
      'One item, over two lines.',
      'Another with in it.',
      'A numbered one (see this).',
      'Bold words',
      'A snake_case_name, 2 * 3 * 4 & a bare address:',
    ]);
  });

  it('is all of a plain text', () => {
    expect(proseOf('One.\r\nTwo.\r\n\r\nThree.')).to.deep.equal(['One. Two.', 'Three.']);
  });

  it('ends at a code fence that is not closed', () => {
    expect(proseOf('Before.\n\n```\nlet x;\n')).to.deep.equal(['Before.']);
  });

  it('is found in linear time, whatever is in the document', () => {
    for (const part of [
      '**',
      '`',
      '[',
      '<a ',
      '- - - x ',
      '| x',
      '....',
      '# a\n',
      '_a',
      '(',
      '![',
      '"',
      '<!--',
      '<pre>',
      '```\n~~~\n',
      'a. ',
    ]) {
      const start = performance.now();
      proseOf(part.repeat(50_000));
      expect(performance.now() - start, JSON.stringify(part)).to.be.lessThan(1500);
    }
  });
});
