// @ts-check
// The party's keys: makes one in this browser, registers it, retires it.

import { html, nothing } from "lit-html";
import { keysOfParty, registerKey } from "../keys/party-key.js";
import { field, idText, stateText, timeText, valuesOf, Work } from "./parts.js";

/** @param {import("../app/page.js").Page} page */
export async function keysView(page) {
  const work = new Work(page);
  /** @type {any[]} */
  let keys = [];
  /** @type {string[]} */
  let here = [];

  async function load() {
    keys = await page.me.directory.keysOf(page.me.id);
    here = (await keysOfParty(page.database, page.me.id)).map((key) => key.kid);
  }

  /** @param {Event} event */
  function register(event) {
    const { name, findable } = valuesOf(event);
    work.run(async () => {
      const { api, database, id } = page.me;
      await registerKey({ api, database, party: id }, { discloseEmail: findable === "on", name: name.trim() });
      if (findable === "on") {
        await api.post("/parties/lookup/address");
      }
      await load();
      page.announce(page.say("keys.registered"));
    });
  }

  /** @param {string} kid */
  const retire = (kid) =>
    work.run(async () => {
      await page.api.delete(`/keys/${kid}`);
      await load();
    });

  /** @param {any} key */
  const row = (key) => html`
    <li>
      <p>${idText(page, key.kid)} ${stateText(page, key.retiredAt ? "Retired" : "Valid")}</p>
      <p class="hint">
        ${page.say(key.kind === "kms" ? "keys.held" : here.includes(key.kid) ? "keys.here" : "keys.elsewhere")} ${page.say("keys.since")}
        ${timeText(page, key.notBefore)}
      </p>
      ${key.retiredAt ? nothing : html`<button type="button" @click=${() => retire(key.kid)}>${page.say("keys.retire")}</button>`}
    </li>
  `;

  await work.run(load);
  return {
    title: page.say("view.keys"),
    render: () => html`
      ${work.box}
      <p>${page.say("keys.what")}</p>
      <p>${page.say("keys.yourId")} ${idText(page, page.me.id)}</p>
      ${
        keys.length === 0
          ? html`<p class="empty">${page.say("keys.none")}</p>`
          : html`<ul class="rows">
              ${keys.map(row)}
            </ul>`
      }
      ${keys.some((key) => !key.retiredAt && here.includes(key.kid)) ? nothing : form()}
    `,
  };

  function form() {
    return html`
      <form @submit=${register}>
        <h2>${page.say("keys.make")}</h2>
        ${keys.length === 0 ? nothing : html`<p>${page.say("recover.key")}</p>`}
        ${field(page.say("keys.name"), { name: "name", required: false, autocomplete: "name", hint: page.say("keys.nameHint") })}
        <p class="choice">
          <input type="checkbox" id="findable" name="findable" />
          <label for="findable">${page.say("keys.findable", { email: page.session.email })}</label>
        </p>
        <p class="actions"><button class="button" ?disabled=${work.busy}>${page.say("keys.make")}</button></p>
      </form>
    `;
  }
}
