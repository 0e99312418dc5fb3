// What people read: a line for each check, and a conclusion.

/** The exit code of a verdict: 0 verified, 9 consistent without an anchor, 3 refused. */
export function exitCodeOf(verdict) {
  if (!holds(verdict)) {
    return 3;
  }
  return verdict.anchor === null ? 9 : 0;
}

/** All lines. */
export function linesOf(verdict) {
  const lines = verdict.checks.map(({ name, passed, detail }) => `${passed ? "ok  " : "FAIL"}  ${name.padEnd(20)}  ${detail}`);
  lines.push(...conclusion(verdict), ...(holds(verdict) ? verdict.beliefs : []));
  if (!verdict.checks.some((check) => check.name === "document.digest")) {
    lines.push(
      verdict.document && verdict.document.digest === undefined
        ? "The document itself cannot be compared: before the receipt the evidence only commits to its digest."
        : "The document itself was not compared: give it to fairshare verify with --document FILE.",
    );
  }
  return lines;
}

const holds = (verdict) => verdict.checks.every((check) => check.passed);

// Without an anchor the word "verified" is never used: a bundle that was forged whole is as consistent as a true one.
function conclusion(verdict) {
  if (!holds(verdict)) {
    return ["REFUSED. The evidence does not hold; see the lines that say FAIL."];
  }
  const store = verdict.statement?.ttp ?? "";
  if (verdict.anchor !== null) {
    return [`Verified, by the store ${store} with a key ${verdict.anchor.source}. ${summary(verdict)}`];
  }
  return [
    `Consistent, but nobody vouches for the key of the store ${store}. ${summary(verdict)}`,
    "Whoever wrote all of these files could have made that key too. Give one that you know from elsewhere with --store-key or --trust.",
  ];
}

function summary({ state, statement, document }) {
  if (statement === null || document === null) {
    return "";
  }
  const { orig, rcpt, exch } = statement;
  const audience = rcpt.length === 0 ? "everybody" : rcpt.join(", ");
  const exchange = exch === undefined ? "" : `, exchange ${exch}`;
  return `${state}: ${document.name}, ${document.size} bytes, ${contentOf(document)}, from ${orig} to ${audience}${exchange}.`;
}

const contentOf = ({ digest, commitment }) =>
  digest === undefined
    ? `commitment ${commitment} (the digest itself is in the evidence of origin, which the receipt releases)`
    : `digest ${digest}`;
