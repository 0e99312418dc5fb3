// @ts-check
// Puts files into the vault, and lists what this browser has put there.

import { html, nothing } from "lit-html";
import { eraseItem, keptItems, putItem } from "../vault/items.js";
import { dropFiles } from "./drop-zone.js";
import { field, idText, progressBar, timeText, valuesOf, Work } from "./parts.js";

const day = 86_400;
const lives = [1, 7, 30, 365];

/** @typedef {Awaited<ReturnType<typeof keptItems>>[number]} Item */

/** @param {import("../app/page.js").Page} page */
export async function vaultView(page) {
  const work = new Work(page);
  /** @type {File[]} */
  let files = [];
  /** @type {{ done: number, size: number } | null} */
  let phase = null;
  /** @type {import("../vault/code.js").VaultCode | null} */
  let stored = null;
  /** @type {Item[]} */
  let items = [];

  /** @param {Event} event */
  function put(event) {
    const { password, life, opens } = valuesOf(event);
    const terms = { seconds: Number(life) * day, opens: opens === "" ? null : Number(opens) };
    const order = { files, password: password === "" ? null : password, ...terms };
    work.run(async () => {
      stored = null;
      try {
        stored = await putItem(page, order, (done, size) => ((phase = { done, size }), page.refresh()));
        files = [];
        page.announce(page.say("vault.stored"));
      } finally {
        phase = null;
        items = await keptItems(page);
      }
    });
  }

  /** @param {Item} item */
  const erase = (item) =>
    work.run(async () => {
      await eraseItem(page, item);
      items = await keptItems(page);
    });

  await work.run(async () => {
    items = await keptItems(page);
  });
  return {
    title: page.say("view.vault"),
    render: () => html`
      ${work.box} ${stored === null ? nothing : code(stored)}
      ${phase === null ? nothing : progressBar(page, page.say("vault.uploading"), phase.done, phase.size)}
      <p>${page.say("vault.what")}</p>
      <form @submit=${put}>
        ${dropFiles(page, "files", page.say("send.pick"), (picked) => (files = picked))}
        <ul class="rows">
          ${files.map((file) => html`<li><bdi>${file.name}</bdi>, ${page.texts.size(file.size)}</li>`)}
        </ul>
        ${field(page.say("account.password"), {
          name: "password",
          type: "password",
          autocomplete: "new-password",
          required: false,
          hint: page.say("vault.passwordHint"),
        })}
        <p class="field">
          <label for="life">${page.say("vault.life")}</label>
          <select id="life" name="life">
            ${lives.map(choice)}
          </select>
        </p>
        <p class="field">
          <label for="opens">${page.say("vault.opens")}</label>
          <input id="opens" name="opens" type="number" min="1" max="1000" aria-describedby="opens-hint" />
          <span class="hint" id="opens-hint">${page.say("vault.opensHint")}</span>
        </p>
        <p class="actions"><button class="button" ?disabled=${work.busy || files.length === 0}>${page.say("vault.put")}</button></p>
      </form>
      ${items.length === 0 ? nothing : list()}
    `,
  };

  /** @param {number} days */
  function choice(days) {
    return html`<option value=${days} ?selected=${days === 7}>${page.say(days === 1 ? "vault.day" : "vault.days", { days })}</option>`;
  }

  /** @param {import("../vault/code.js").VaultCode} made */
  function code({ mode, text }) {
    return html`<section class="proven">
      <h2>${page.say("vault.stored")}</h2>
      <p>${page.say(mode === "P" ? "vault.giveCode" : "vault.giveLink")}</p>
      <p><code id="vault-code">${mode === "P" ? text : `${location.origin}/v#${text}`}</code></p>
      <p class="hint">${page.say("vault.onlyHere")}</p>
    </section>`;
  }

  // Of what is gone the service tells neither.
  /** @param {Item} item */
  function terms({ opens, expiresAt }) {
    const until = expiresAt === "" ? nothing : html`, ${page.say("vault.until")} ${timeText(page, expiresAt)}`;
    return html`, ${page.say("vault.openedTimes", { opens: opens ?? 0 })}${until}`;
  }

  function list() {
    return html`<h2>${page.say("vault.kept")}</h2>
      <ul class="rows">
        ${items.map(
          (item) =>
            html`<li>
              <bdi>${item.names.join(", ")}</bdi> ${idText(page, item.id)}: ${page.say(`vault.state.${item.state}`)}${item.opens === null ? nothing : terms(item)}
              <button type="button" ?disabled=${work.busy} @click=${() => erase(item)}>${page.say("vault.erase")}</button>
            </li>`,
        )}
      </ul>`;
  }
}
