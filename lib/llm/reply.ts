/** What an API tells of a reply beside its text, as it becomes known. */
export class Reply {
  id: string | undefined;
  /** Why the model stopped, in its provider's word. */
  finishReason: string | undefined;
  /** Whether the text is the model's refusal, which OpenAI's APIs keep apart from other text. */
  refused = false;
  /** How text of it has come, if any has, before the end. */
  spoken: 'in pieces' | 'in parts' | undefined;
  /** Whether the API said that this is all of the text. What ends before has broken off. */
  whole = false;
  /** Whether the API said that nothing more is to come. */
  over = false;
  /** What an API counts apart, by its names for it. */
  readonly counts = new Map<string, number>();
  #inputTokens: number | undefined;
  #outputTokens: number | undefined;

  /** Takes counts of tokens; each one that is given takes the place of an earlier one. */
  count(inputTokens: unknown, outputTokens: unknown): void {
    if (typeof inputTokens === 'number') this.#inputTokens = inputTokens;
    if (typeof outputTokens === 'number') this.#outputTokens = outputTokens;
  }

  /** The `data` of the message. What the API did not tell is not in it. */
  data(model: string): object {
    const usage = { inputTokens: this.#inputTokens, outputTokens: this.#outputTokens };
    const counted = usage.inputTokens !== undefined || usage.outputTokens !== undefined;
    return {
      model,
      id: this.id,
      usage: counted ? usage : undefined,
      finishReason: this.refused ? 'refusal' : this.finishReason,
    };
  }
}
