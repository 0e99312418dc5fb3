// @ts-check
// What the view of sending lists: uploads that were interrupted, recipients, and files.

import { html } from "lit-html";
import { dropZone } from "./drop-zone.js";
import { partyText } from "./parts.js";

/** @typedef {import("../app/page.js").Page} Page */
/** @typedef {import("../exchange/contacts.js").Contact} Contact */
/** @typedef {import("../exchange/uploads.js").Upload} Upload */

/** Uploads that can be gone on with. @param {Page} page @param {Upload[]} begun @param {(upload: Upload, file: File) => void} resume */
export const beginnings = (page, begun, resume) => html`
  <section class="notice">
    <h2>${page.say("send.interrupted")}</h2>
    ${begun.map(
      (upload) => html`
        <p><bdi>${upload.name}</bdi>, ${page.texts.size(upload.size)}</p>
        ${dropZone(page, `resume-${upload.id}`, page.say("send.pickAgain"), (picked) => resume(upload, picked))}
      `,
    )}
  </section>
`;

/**
 * Recipients, and the field for another.
 * @param {Page} page @param {boolean} busy @param {string[]} audience
 * @param {{ add: (event: Event) => void, remove: (party: string) => void }} act
 */
export const recipients = (page, busy, audience, { add, remove }) => html`
  <h2>${page.say("send.to")}</h2>
  <ul class="rows">
    ${audience.map(
      (party) =>
        html`<li>
          ${partyText(page, party)}
          <button type="button" ?disabled=${busy} @click=${() => remove(party)}>${page.say("send.remove")}</button>
        </li>`,
    )}
  </ul>
  <form class="inline" @submit=${add}>
    <label for="recipient">${page.say("send.recipient")}</label>
    <input id="recipient" name="recipient" required autocomplete="email" />
    <button ?disabled=${busy}>${page.say("send.add")}</button>
  </form>
`;

/**
 * Whom one has sent to before.
 * @param {Page} page @param {boolean} busy @param {Contact[]} contacts
 * @param {{ add: (contact: Contact) => void, forget: (contact: Contact) => void }} act
 */
export const contactList = (page, busy, contacts, { add, forget }) => html`
  <h3>${page.say("send.contacts")}</h3>
  <ul class="rows">
    ${contacts.map(
      (contact) =>
        html`<li>
          <bdi>${contact.address}</bdi>
          ${contactButton(page, busy, "send.add", contact, add)} ${contactButton(page, busy, "send.forget", contact, forget)}
        </li>`,
    )}
  </ul>
`;

/** @param {Page} page @param {boolean} busy @param {string} key @param {Contact} contact @param {(contact: Contact) => void} act */
const contactButton = (page, busy, key, contact, act) =>
  html`<button type="button" ?disabled=${busy} @click=${() => act(contact)} aria-label="${page.say(key)}: ${contact.address}">
    ${page.say(key)}
  </button>`;

/** Files that were chosen. @param {Page} page @param {boolean} busy @param {File[]} files @param {(file: File) => void} remove */
export const chosen = (page, busy, files, remove) => html`<ul class="rows">
  ${files.map(
    (file) =>
      html`<li>
        <bdi>${file.name}</bdi>, ${page.texts.size(file.size)}
        <button type="button" ?disabled=${busy} @click=${() => remove(file)}>${page.say("send.remove")}</button>
      </li>`,
  )}
</ul>`;
