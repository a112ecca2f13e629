/** Works on many things at once and answers in the order they came. */

/**
 * Runs `work` over a source with at most `width` under way and yields the results in the source's order. A failure of the source or
 * of the work ends it; work already under way is waited for by nobody and its failures are swallowed.
 */
export async function* mapInOrder<Item, Result>(
  source: AsyncIterable<Item> | Iterable<Item>,
  width: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void, void> {
  const underWay: Promise<Result>[] = [];
  for await (const item of source) {
    const result = work(item);
    result.catch(() => undefined);
    underWay.push(result);
    if (underWay.length < width) continue;
    const first = underWay.shift();
    if (first !== undefined) yield await first;
  }
  for (const result of underWay) yield await result;
}
