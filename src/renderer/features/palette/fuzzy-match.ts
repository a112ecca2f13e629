/** Finds what a person means by a few letters: every letter in its order, best where words begin. */

/** How well a text fits, and which of its characters were meant. */
export interface FuzzyMatch {
  /** Larger is better; only comparable between texts for the same query. */
  readonly score: number;
  /** Places of the matched characters in the text, rising. */
  readonly places: readonly number[];
}

const AT_START = 12;
const AT_WORD = 8;
const IN_SEQUENCE = 9;
const ANYWHERE = 1;

function isWordStart(text: string, place: number): boolean {
  return place === 0 || /[\s\-–:/(.“"]/.test(text.charAt(place - 1));
}

/** Letters as they are compared: without case and accents, one for each of the text, so that places stay. */
function folded(text: string): string {
  return Array.from({ length: text.length }, (_, place) => {
    const plain = text.charAt(place).normalize('NFD').charAt(0).toLowerCase();
    return plain.length === 1 ? plain : text.charAt(place);
  }).join('');
}

/**
 * Matches `query` against `text`; null where a letter is missing or out of order. Spaces of the query only part its words. Takes time in
 * proportion to the product of both lengths.
 */
export function fuzzyMatch(query: string, text: string): FuzzyMatch | null {
  const wanted = folded(query).replace(/\s+/g, '');
  const letters = folded(text);
  if (wanted === '') return { score: 0, places: [] };
  // best[place]: the best way to have matched the letters so far with the last of them at `place`.
  let best: (FuzzyMatch | null)[] = [];
  for (let index = 0; index < wanted.length; index += 1) {
    best = withLetter(best, wanted.charAt(index), index === 0, text, letters);
  }
  const found = best.reduce<FuzzyMatch | null>((top, way) => better(top, way), null);
  return found === null ? null : { score: found.score - letters.length / 100, places: found.places };
}

function withLetter(
  before: readonly (FuzzyMatch | null)[],
  letter: string,
  first: boolean,
  text: string,
  letters: string,
): (FuzzyMatch | null)[] {
  const next: (FuzzyMatch | null)[] = [];
  let earlier: FuzzyMatch | null = first ? { score: 0, places: [] } : null;
  for (let place = 0; place < letters.length; place += 1) {
    const adjacent = before[place - 1] ?? null;
    if (letters.charAt(place) === letter) {
      const bonus = place === 0 ? AT_START : isWordStart(text, place) ? AT_WORD : ANYWHERE;
      next[place] = better(reach(earlier, place, bonus), reach(adjacent, place, Math.max(bonus, IN_SEQUENCE)));
    } else {
      next[place] = null;
    }
    if (!first) earlier = better(earlier, before[place] ?? null);
  }
  return next;
}

function reach(way: FuzzyMatch | null, place: number, bonus: number): FuzzyMatch | null {
  return way === null ? null : { score: way.score + bonus, places: [...way.places, place] };
}

function better(first: FuzzyMatch | null, second: FuzzyMatch | null): FuzzyMatch | null {
  if (first === null) return second;
  return second !== null && second.score > first.score ? second : first;
}
