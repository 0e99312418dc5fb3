// @ts-check
// The files of an audit, as `fairshare audit --out` and the scheduled auditor write them: findings.jsonl and exchanges.csv.

import { Problem } from "../service/problem.js";

const largest = 64 * 1024 * 1024;
const columns = "exchange,state,openedAt";

/** @typedef {import("./log.js").Finding} Finding */
/** @typedef {{ id: string, state: string, day: string }} Ended */

/**
 * Reads one of them, by what is in it and not by its name.
 * @param {File} file
 * @returns {Promise<{ findings: Finding[] } | { exchanges: Ended[] }>}
 * @throws {Problem} `report-too-large`, `not-a-report`
 */
export async function readReport(file) {
  if (file.size > largest) {
    throw new Problem("report-too-large", "A file of an audit that the page reads has at most 64 MiB.");
  }
  const lines = (await file.text()).split("\n").filter((line) => line !== "");
  return lines[0]?.trim() === columns ? { exchanges: lines.slice(1).map(exchangeOf) } : { findings: lines.map(findingOf) };
}

/** @param {string} line @returns {Finding} */
function findingOf(line) {
  try {
    const { code, subject, detail } = JSON.parse(line);
    if ([code, subject, detail].every((value) => typeof value === "string")) {
      return { code, subject, detail };
    }
  } catch {
    // Said below.
  }
  throw notAReport();
}

// A field that a spreadsheet would compute has an apostrophe before it.
/** @param {string} line @returns {Ended} */
function exchangeOf(line) {
  const [id, state, openedAt] = line
    .trim()
    .split(",")
    .map((field) => field.replace(/^"(.*)"$/, "$1").replace(/^'/, ""));
  if (id === undefined || state === undefined || !/^\d{4}-\d{2}-\d{2}T/.test(openedAt ?? "")) {
    throw notAReport();
  }
  return { id, state, day: (openedAt ?? "").slice(0, 10) };
}

const notAReport = () => new Problem("not-a-report", "The file is neither the findings nor the exchanges of an audit.");
