// @ts-check
// What the reader is asked to sign, in plain words, with the time that is left.

import { html } from "lit-html";
import { partyText, timeText, valuesOf } from "./parts.js";

const reasons = ["not-expected", "wrong-recipient", "terms-not-acceptable", "other"];

/**
 * @param {import("../app/page.js").Page} page
 * @param {any} statement The challenge's.
 * @param {{ busy: boolean, sign: () => void, refuse: (reason: string) => void }} act
 */
export function challengeText(page, statement, { busy, sign, refuse }) {
  const { doc, orig, due } = statement;
  const left = Date.parse(due) - Date.now();
  /** @param {Event} event */
  const submit = (event) => refuse(valuesOf(event).reason);
  return html`
    <section class="deed">
      <h2>${page.say("challenge.title")}</h2>
      <p>${page.say("challenge.states")}</p>
      <dl>
        <dt>${page.say("certificate.document")}</dt>
        <dd><bdi>${doc.name}</bdi></dd>
        <dt>${page.say("certificate.type")}</dt>
        <dd><bdi>${doc.type}</bdi>, ${page.texts.size(Number(doc.size))}</dd>
        <dt>${page.say("certificate.from")}</dt>
        <dd>${partyText(page, orig)}</dd>
        <dt>${page.say(doc.digest === undefined ? "certificate.commitment" : "certificate.digest")}</dt>
        <dd><code>${doc.digest ?? doc.commitment}</code></dd>
      </dl>
      <p>${page.say("challenge.means")}</p>
      <p class="numbers">
        ${page.say("challenge.due")} ${timeText(page, due)} – ${page.say("challenge.left", { time: page.texts.duration(left) })}
      </p>
      ${
        left > 0
          ? html`<p class="actions"><button class="button" ?disabled=${busy} @click=${sign}>${page.say("challenge.sign")}</button></p>
              <form class="inline" @submit=${submit}>
                <label for="reason">${page.say("challenge.reason")}</label>
                <select id="reason" name="reason">
                  ${reasons.map((reason) => html`<option value=${reason}>${page.say(`reason.${reason}`)}</option>`)}
                </select>
                <button ?disabled=${busy}>${page.say("challenge.decline")}</button>
              </form>`
          : html`<p>${page.say("challenge.late")}</p>`
      }
    </section>
  `;
}
