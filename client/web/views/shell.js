// @ts-check
// What is around every view: the name, the ways to the other views, the language.

import { html, nothing } from "lit-html";
import { languages, Texts } from "../texts/texts.js";
import { idText } from "./parts.js";

/** @typedef {import("../app/page.js").Page} Page */

const ofParties = ["send", "for-me", "sent", "received", "receipts", "vault", "open", "keys", "notices", "webhooks", "evidence"];
const ofAnybody = ["sign-in", "register", "open", "evidence"];

/** @param {Page} page @param {import("../app/page.js").View} view */
export const shell = (page, view) => html`
  <a class="skip" href="#content" @click=${skip}>${page.say("shell.skip")}</a>
  <header>
    <a class="brand" href="#/">FairShare</a>
    <nav aria-label=${page.say("shell.views")}>
      <ul>
        ${(page.party === null ? ofAnybody : ofParties).map((name) => link(page, name))}
      </ul>
    </nav>
  </header>
  <main id="content" tabindex="-1">
    <h1 tabindex="-1">${view.title}</h1>
    ${view.render()}
  </main>
  <p class="visually-hidden" role="status">${page.status}</p>
  <footer>
    ${page.party === null ? nothing : signedIn(page)}
    <p>
      <label for="language">${page.say("shell.language")}</label>
      <select id="language" @change=${chooseLanguage}>
        ${Object.entries(languages).map(
          ([tag, name]) => html`<option value=${tag} lang=${tag} ?selected=${tag === page.texts.language}>${name}</option>`,
        )}
      </select>
    </p>
    <p class="hint">${page.say("shell.trust")}</p>
  </footer>
`;

/** @param {Page} page @param {string} name */
function link(page, name) {
  const isCurrent = location.hash.split("/")[1] === name;
  return html`<li><a href="#/${name}" aria-current=${isCurrent ? "page" : nothing}>${page.say(`view.${name}`)}</a></li>`;
}

/** @param {Page} page */
const signedIn = (page) => html`
  <p>
    ${page.say("shell.signedIn", { email: page.session.email })} ${idText(page, page.me.id)}
    <button type="button" @click=${() => signOut(page)}>${page.say("shell.signOut")}</button>
  </p>
`;

/** @param {Page} page */
async function signOut(page) {
  await page.leave();
  page.go("sign-in");
  page.refresh();
}

// The address names the view, so that a jump within it must not change the address.
/** @param {Event} event */
function skip(event) {
  event.preventDefault();
  document.getElementById("content")?.focus();
}

/** @param {Event} event */
function chooseLanguage(event) {
  Texts.choose(/** @type {HTMLSelectElement} */ (event.target).value);
  location.reload();
}
