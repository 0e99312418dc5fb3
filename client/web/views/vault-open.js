// @ts-check
// Gets what somebody put into the vault, by a code or a link; needs no sign-in.

import { html, nothing } from "lit-html";
import { save } from "../exchange/receiving.js";
import { parseCode } from "../vault/code.js";
import { openItem } from "../vault/items.js";
import { field, valuesOf, Work } from "./parts.js";

/** @typedef {import("../vault/archive.js").ArchivedFile} ArchivedFile */

/** @param {import("../app/page.js").Page} page @param {string} given The code of a link; empty where it is to be typed. */
export function vaultOpenView(page, given) {
  const work = new Work(page);
  /** @type {Awaited<ReturnType<typeof openItem>> | null} */
  let opened = null;
  /** @type {Set<ArchivedFile>} */
  const saved = new Set();
  let typed = given;

  /** @param {Event} event */
  function open(event) {
    const { code, password } = valuesOf(event);
    work.run(async () => {
      opened = await openItem(page, parseCode(code), needsPassword() ? password : null);
      if (opened.files.length === 0) {
        await opened.finish();
      }
      page.announce(page.say("vault.opened"));
    });
  }

  /** @param {ArchivedFile} file */
  function keep(file) {
    save(new Blob([file.content]), file.name.split("/").pop() ?? file.name);
    saved.add(file);
    if (opened !== null && saved.size === opened.files.length) {
      opened.finish();
    }
  }

  /** @param {Event} event */
  function type(event) {
    const { name, value } = /** @type {HTMLInputElement} */ (event.target);
    typed = name === "code" ? value : typed;
    page.refresh();
  }

  // A link opens by itself; whatever else is typed may be a code with a password.
  const needsPassword = () => !/^\s*[L1I]/i.test(typed);

  return {
    title: page.say("view.open"),
    render: () => html`${work.box} ${opened === null ? form() : files(opened)}`,
  };

  function form() {
    return html`
      <p>${page.say("vault.getWhat")}</p>
      <form @submit=${open} @input=${type}>
        ${field(page.say("vault.code"), { name: "code", value: typed })}
        ${
          needsPassword()
            ? field(page.say("account.password"), { name: "password", type: "password", autocomplete: "off" })
            : html`<p class="hint">${page.say("vault.noPassword")}</p>`
        }
        <p class="hint">${page.say("vault.counts")}</p>
        <p class="actions"><button class="button" ?disabled=${work.busy}>${page.say("vault.get")}</button></p>
      </form>
    `;
  }

  /** @param {NonNullable<typeof opened>} item */
  function files({ files, others, opensLeft }) {
    return html`
      <p class="proven">${page.say("vault.opened")}</p>
      ${opensLeft === null ? nothing : html`<p>${page.say("vault.opensLeft", { opens: opensLeft })}</p>`}
      ${others === 0 ? nothing : html`<p>${page.say("vault.others", { others })}</p>`}
      <ul class="rows">
        ${files.map(
          (file) =>
            html`<li>
              <bdi>${file.name}</bdi>, ${page.texts.size(file.content.length)}
              <button type="button" class="button" @click=${() => keep(file)}>
                ${page.say("vault.save")}<span class="visually-hidden"> ${file.name}</span>
              </button>
            </li>`,
        )}
      </ul>
      <p class="hint">${page.say("vault.saveHint")}</p>
    `;
  }
}
