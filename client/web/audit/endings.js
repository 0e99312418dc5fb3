// @ts-check
// How exchanges ended, by the kinds of the log's entries alone.

export const states = ["Completed", "Declined", "Aborted", "Expired"];

/**
 * A decline is answered with an abort, which is counted once. What is taken back without an exchange has an abort too.
 * @param {Map<string, number>} kinds How many entries there are of each kind.
 * @returns {[string, number][]} The states, with how many there are.
 */
export function endingsOf(kinds) {
  const of = (/** @type {string} */ kind) => kinds.get(kind) ?? 0;
  const counts = [of("ReleaseRecord"), of("Refusal"), Math.max(0, of("AbortRecord") - of("Refusal")), of("ExpiryRecord")];
  return states.map((state, index) => [state, counts[index] ?? 0]);
}

/** How often each value comes, the most frequent first. @param {string[]} values @returns {[string, number][]} */
export function countOf(values) {
  const counts = new Map();
  for (const value of values) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts].sort(([one, many], [other, more]) => more - many || (one < other ? -1 : 1));
}
