import { expect } from 'chai';
import { miniagent } from 'miniagents';
import { RecordedAnswers } from '../../../lib/testing/recording/recorded-answers.js';
import { Redaction } from '../../../lib/testing/recording/redaction.js';
import { HurriedTime } from '../../../lib/testing/recording/replay-time.js';
import { replayingAgent } from '../../../lib/testing/recording/replaying-agent.js';
import type { UnrecordedQuestionError } from '../../../lib/testing/recording/unrecorded-question-error.js';
import { conversation, runOf } from './support.js';

describe('replayingAgent', () => {
  const live = miniagent('other', (ctx, { mark = '?' }: { mark?: string }) => [ctx.messages, mark], {
    description: 'it echoes',
    params: { mark: '!' },
  });
  const replaying = () => ({
    redaction: new Redaction(),
    time: new HurriedTime(),
    unrecorded: [] as UnrecordedQuestionError[],
    asked: 0,
  });
  const answers = () => new RecordedAnswers('leaf', [runOf(conversation('1', 'q', 'a', 'b'))]);

  it('gives what was recorded, and tells of what was not', async () => {
    const all = replaying();
    const agent = replayingAgent({ name: 'leaf', preset: undefined, live: undefined }, answers(), all);
    expect(agent.name).to.equal('leaf');
    expect(await agent.inquire('q').text()).to.equal('ab');
    expect(
      String(
        await agent
          .inquire('p')
          .text()
          .catch((error: unknown) => error),
      ),
    ).to.include('[-q-]{+p+}');
    expect(all.unrecorded).to.have.lengthOf(1);
  });

  it('fails as the question did that it is asked an answer of, also where a live agent is there', async () => {
    for (const second of [undefined, live as never]) {
      const all = replaying();
      const [first, next] = [undefined, second].map((other) =>
        replayingAgent({ name: 'leaf', preset: undefined, live: other }, answers(), all),
      );
      const error = await next!
        .inquire(['q', first!.inquire('p')])
        .text()
        .catch((failure: unknown) => failure);
      expect(all.unrecorded).to.deep.equal([error]);
      expect(String(error)).to.include('- q\n+ p\n');
    }
  });

  it('leaves to a live agent what was not recorded, with its presets and its words', async () => {
    const all = replaying();
    const agent = replayingAgent({ name: 'leaf', preset: live as never, live: live as never }, answers(), all);
    expect(agent.description).to.equal('it echoes');
    expect(await agent.inquire('p').text()).to.equal('p\n\n!');
    expect(all.unrecorded).to.deep.equal([]);
  });
});
