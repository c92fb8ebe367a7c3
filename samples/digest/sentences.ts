/** A full stop (with closing quotes), a space, and something that a sentence may begin with; or a full stop that needs no space. */
const BOUNDARY =
  /[.!?…]{1,5}["'”’»)\]]{0,3}\s(?=["'“‘«([]?(?:[\p{Lu}\p{Lt}\p{Lo}\p{N}`]|\p{Ll}{1,20}[-.\p{Lu}]\p{L}))|[。！？]["”’」』]?/gu;

/** A full stop that ends no sentence, and the letter after it: an abbreviation, an initial, `No. 5`. */
const ABBREVIATION =
  /(?:^|[\s("'“‘[])(?:(?:Mrs?|Ms|Drs?|Prof|St|Sr|Jr|vs|cf|ca|approx|al|e\.g|i\.e|[Ff]igs?|[Ss]ec|[Cc]h|[Ee]qs?|[Vv]ol|pp?|[Nn]o(?=\.\s\d))|(?:\p{Lu}\.)*\p{Lu})\.\s\S$/u;

/** The sentences of one paragraph that stands on one line. */
export function sentencesOf(paragraph: string): string[] {
  const sentences: string[] = [];
  let start = 0;
  for (const { 0: end, index } of paragraph.matchAll(BOUNDARY)) {
    const stop = index + end.length;
    if (ABBREVIATION.test(paragraph.slice(Math.max(start, stop - 12), stop + 1))) continue;
    sentences.push(paragraph.slice(start, stop));
    start = stop;
  }
  return [...sentences, paragraph.slice(start)]
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}
