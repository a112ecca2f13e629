/** Rounds in groups, several groups at once. */

/** Folders worked in at the same time: starting a process takes most of a round. */
const LANES = 3;

/** Hands out the numbers of all rounds, so many to a folder, and answers when every group is through. */
export async function inFolders(
  rounds: number,
  { roundsInAFolder }: { readonly roundsInAFolder: number },
  work: (group: readonly number[]) => Promise<void>,
): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < rounds) {
      const count = Math.min(roundsInAFolder, rounds - next);
      const group = Array.from({ length: count }, (_, index) => next + index);
      next += count;
      await work(group);
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}
