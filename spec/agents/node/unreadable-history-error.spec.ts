import { expect } from 'chai';
import { MiniAgentsError } from '../../../lib/errors/mini-agents-error.js';
import { UnreadableHistoryError } from '../../../lib/agents/node/unreadable-history-error.js';

describe('UnreadableHistoryError', () => {
  it('says which file was no text', () => {
    const cause = new TypeError('invalid');
    const error = new UnreadableHistoryError('chat.md', cause);
    expect(error).to.be.instanceOf(UnreadableHistoryError).and.instanceOf(MiniAgentsError);
    expect(error).to.include({ name: 'UnreadableHistoryError', file: 'chat.md', cause });
    expect(error.message).to.equal('expected a history in Markdown (UTF-8 text); got chat.md, which is not UTF-8');
  });
});
