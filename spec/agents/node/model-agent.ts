import type { ObservableInput } from 'rxjs';
import { Message, miniagent } from '../../../lib/index.js';

/** An agent that replies as those of language models do: a message that is there before the model has said a word. */
export const modelAgent = (name: string, tokens: () => ObservableInput<string>) =>
  miniagent<{ temperature?: number; client?: object }>(name, (ctx) => {
    async function* said() {
      await ctx.messages.resolve();
      yield* tokens() as AsyncIterable<string>;
    }
    const data = { model: `model of ${name}` };
    return Message.stream(said(), { role: 'assistant', name, data }, () => ({
      data: { ...data, finishReason: 'stop' },
    }));
  });
