import { ErrorMessage, type Message, miniagent, type MiniAgent } from 'miniagents';
import type { Document } from './documents.js';
import { Heading } from './heading.js';
import { readDocument } from './read-document.js';

/** What the agents of the digest are told beside the messages. */
export interface Order {
  readonly documents: readonly Document[];
  readonly summarise: MiniAgent;
  readonly edit: MiniAgent;
}

/** All of it: every document is read at once, and what is said of them comes in their order, token by token. */
export const digest = miniagent('digest', (ctx, { documents, summarise, edit }: Order) => {
  const summaries = documents.map((document) => [
    new Heading({ text: document.name }),
    ctx.inquire(reader, null, { document, summarise, errorsAsMessages: true }),
  ]);
  ctx.reply(summaries);
  ctx.reply(ctx.inquire(editor, summaries, { edit, errorsAsMessages: true }));
});

/** Reads a document, and passes on what the summariser says of it. Where it fails, that is a message among the others. */
const reader = miniagent(
  'reader',
  async (ctx, { document, summarise }: Pick<Order, 'summarise'> & { document: Document }) =>
    ctx.inquire(summarise, await readDocument(document.path, ctx.signal)),
);

/** Has the summaries merged when they are all there, if there are several. */
const editor = miniagent('editor', async (ctx, { edit }: Pick<Order, 'edit'>) => {
  const sections = sectionsOf(await ctx.messages.resolve());
  return sections.length < 2 ? null : [new Heading({ text: 'editor' }), ctx.inquire(edit, sections.join('\n\n'))];
});

function sectionsOf(messages: Iterable<Message>): string[] {
  const sections: string[] = [];
  let heading = '';
  for (const message of messages) {
    if (message instanceof Heading) heading = message.text;
    else if (!(message instanceof ErrorMessage)) sections.push(`## ${heading}\n\n${message.text}`);
  }
  return sections;
}
