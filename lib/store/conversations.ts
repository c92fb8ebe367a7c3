/** Conversations in memory: lists of keys, each key once in each. */
export class Conversations {
  readonly #keys = new Map<string, string[]>();
  readonly #places = new Map<string, Map<string, number>>();

  has(conversation: string, hashKey: string): boolean {
    return this.#places.get(conversation)?.has(hashKey) ?? false;
  }

  /** Adds a key at the end, unless it is there. */
  add(conversation: string, hashKey: string): void {
    if (this.has(conversation, hashKey)) return;
    const keys = this.#keys.get(conversation) ?? [];
    const places = this.#places.get(conversation) ?? new Map<string, number>();
    this.#keys.set(conversation, keys);
    this.#places.set(conversation, places);
    places.set(hashKey, keys.push(hashKey) - 1);
  }

  /** The key that came last, if one did. */
  last(conversation: string): string | undefined {
    return this.#keys.get(conversation)?.at(-1);
  }

  /** At most so many keys from the one after a key on; nothing if the conversation does not have that key. */
  page(conversation: string, after: string | undefined, limit: number): readonly string[] | undefined {
    const place = after === undefined ? -1 : this.#places.get(conversation)?.get(after);
    return place === undefined ? undefined : (this.#keys.get(conversation)?.slice(place + 1, place + 1 + limit) ?? []);
  }
}
