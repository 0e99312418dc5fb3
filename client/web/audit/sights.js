// @ts-check
// What this browser saw of the log, by which the next look is judged, and from which the curve of its growth is drawn.

/** @typedef {import("./log.js").Sight} Sight */

/** How many are kept at most, beside the longest. */
export const most = 64;

/** What was seen, the oldest first. @param {import("../service/database.js").Database} database @returns {Promise<Sight[]>} */
export async function readSights(database) {
  const all = /** @type {Sight[]} */ (await database.all("sights"));
  return all.sort((left, right) => (left.at < right.at ? -1 : 1));
}

/** The longest log that was seen: every later one must extend it, whatever the clock said. @param {Sight[]} sights @returns {Sight | null} */
export const longest = (sights) => [...sights].sort((left, right) => left.size - right.size).at(-1) ?? null;

/**
 * Keeps what was seen now.
 * @param {import("../service/database.js").Database} database @param {Sight[]} before The oldest first. @param {Sight} sight
 * @returns {Promise<Sight[]>} All that is kept.
 */
export async function keepSight(database, before, sight) {
  const all = [...before, sight];
  const [held, thinned] = [longest(all), thin(all)];
  const kept = all.filter((one) => one === held || thinned.includes(one));
  await database.put("sights", sight);
  for (const { at } of all.filter((one) => !kept.includes(one))) {
    await database.delete("sights", at);
  }
  return kept;
}

// Of the older ones every other goes: the curve keeps its shape and its first point, and only the past becomes coarser.
/** @param {Sight[]} sights @returns {Sight[]} */
function thin(sights) {
  const recent = sights.length - most / 2;
  return sights.length <= most ? sights : thin(sights.filter((_, at) => at % 2 === 0 || at >= recent));
}
