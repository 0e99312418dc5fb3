// @ts-check
// An exchange as two rails, the sender's and the receiver's, that meet at the release.

import { html, nothing } from "lit-html";
import { parse } from "../evidence/token.js";
import { idText, partyText, timeText } from "./parts.js";

/** @typedef {{ name: string, kind: string, side: "left" | "right" | "both", at: string, hash: string, reason?: string }} Event */

/** @type {Record<string, "left" | "right" | "both">} */
const sides = { EvidenceOfOrigin: "left", ReceiptChallenge: "right", EvidenceOfReceipt: "right", Refusal: "right" };

/** What happened, in order. @param {Record<string, string>} tokens @returns {Promise<Event[]>} */
export async function readEvents(tokens) {
  const events = [];
  for (const [name, text] of Object.entries(tokens)) {
    const token = await parse(text).catch(() => null);
    if (token !== null) {
      const { kind, statement, hash } = token;
      // The store's own reasons say no more than its kinds of records do.
      const reason = kind === "Refusal" ? statement.reason : undefined;
      events.push({ name, kind, side: sides[kind] ?? "both", at: /** @type {string} */ (statement.gen), hash, reason });
    }
  }
  return events.sort((left, right) => (left.at < right.at ? -1 : 1));
}

// Whoever declines by another program may have given any reason.
/** @param {import("../app/page.js").Page} page @param {string} reason */
function reasonText(page, reason) {
  const key = `reason.${reason}`;
  return html`<br />${page.say("timeline.reason")} ${page.texts.has(key) ? page.say(key) : html`<bdi>${reason}</bdi>`}`;
}

/** @param {import("../app/page.js").Page} page @param {any} statement @param {Event[]} events */
export const timeline = (page, statement, events) => html`
  <section>
    <h2>${page.say("timeline.title")}</h2>
    <div class="rails">
      <p class="left rail-name">${page.say("timeline.sender")}<br />${partyText(page, statement.orig)}</p>
      <p class="right rail-name">${page.say("timeline.receiver")}<br />${partyText(page, statement.rcpt[0])}</p>
      <ol>
        ${events.map(
          ({ kind, side, at, hash, reason }) =>
            html`<li class="${side} ${kind}">
              <strong>${page.say(`kind.${kind}`)}</strong>
              <span class="hint">${timeText(page, at)} ${reason === undefined ? nothing : reasonText(page, reason)}</span>
              ${idText(page, hash)}
            </li>`,
        )}
      </ol>
    </div>
  </section>
`;
