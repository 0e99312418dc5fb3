// @ts-check
// The certificate of an exchange: who, what, when, under which policy. Prints on one page.

import { html, nothing } from "lit-html";
import { save } from "../exchange/receiving.js";
import { partyText, timeText } from "./parts.js";

/** @typedef {import("../app/page.js").Page} Page */

/** @param {Page} page @param {{ view: any, bundle: Uint8Array<ArrayBuffer>, verdict: any, endedAt: string | null }} exchange */
export const certificate = (page, { view, bundle, verdict, endedAt }) => html`
  <section class="certificate">
    <h2>${page.say("certificate.title")}</h2>
    ${facts(page, verdict, endedAt)}
    <p class="hint">${page.say("certificate.means")}</p>
    <p class="actions">
      <button class="button" @click=${() => save(new Blob([bundle]), `evidence-${view.exchangeId}.zip`)}>
        ${page.say("certificate.save")}
      </button>
      <button type="button" @click=${() => print()}>${page.say("certificate.print")}</button>
    </p>
  </section>
`;

/** What the evidence says, as a list. @param {Page} page @param {any} verdict @param {string | null} [endedAt] */
export function facts(page, { state, statement, document: described, anchor, madeInPage }, endedAt = null) {
  if (statement === null || described === null) {
    return nothing;
  }
  const { name, type, size, method, digest, commitment } = described;
  return html`<dl>
    ${fact(page, "ending", page.say(`state.${state}`))} ${fact(page, "document", html`<bdi>${name}</bdi>`)}
    ${fact(page, "type", html`<bdi>${type}</bdi>, ${size.toString()} ${page.say("certificate.bytes")}`)}
    ${digest === undefined ? fact(page, "commitment", html`<code>${commitment}</code>`) : fact(page, "digest", html`<code>${method} ${digest}</code>`)}
    ${fact(page, "from", partyText(page, statement.orig))}
    ${fact(page, "to", html`${statement.rcpt.map((/** @type {string} */ party) => html`${partyText(page, party)} `)}`)}
    ${fact(page, "through", html`<bdi>${statement.ttp}</bdi>`)} ${fact(page, "exchange", html`<code>${statement.exch ?? ""}</code>`)}
    ${fact(page, "policy", html`<code>${statement.pol}</code>`)}
    ${statement.due === undefined ? nothing : fact(page, "due", timeText(page, statement.due))}
    ${
      madeInPage.length === 0
        ? nothing
        : fact(page, "pageKeys", html`${madeInPage.map((/** @type {string} */ party) => html`${partyText(page, party)} `)}`)
    }
    ${endedAt === null ? nothing : fact(page, "ended", timeText(page, endedAt))}
    ${anchor === null ? nothing : fact(page, "anchor", html`<span lang="en">${anchor.source}</span>`)}
  </dl>`;
}

/** @param {Page} page @param {string} name @param {unknown} value */
const fact = (page, name, value) =>
  html`<dt>${page.say(`certificate.${name}`)}</dt>
    <dd>${value}</dd>`;
