/**
 * The tokens of a text, half of a surrogate pair kept back until its other half comes: by itself it cannot be written. What is
 * still half at the end comes as it is.
 */
export async function* wholeCharacters(tokens: AsyncIterable<string>): AsyncGenerator<string, void> {
  let half = '';
  for await (const token of tokens) {
    const text = half + token;
    half = /[\ud800-\udbff]$/.test(text) ? text.slice(-1) : '';
    yield half ? text.slice(0, -1) : text;
  }
  if (half) yield half;
}
