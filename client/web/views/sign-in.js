// @ts-check
// Signs in, and goes on to where the reader wanted to be.

import { html, nothing } from "lit-html";
import { field, valuesOf, Work } from "./parts.js";

/** @param {import("../app/page.js").Page} page @param {string} next The address to go on at, encoded. */
export function signInView(page, next) {
  const work = new Work(page);
  /** @type {((code: string) => void) | null} */
  let giveCode = null;
  const askCode = () =>
    new Promise((resolve) => {
      giveCode = resolve;
      page.refresh();
    });

  /** @param {Event} event */
  function submit(event) {
    const { email, password, code } = valuesOf(event);
    if (giveCode !== null) {
      giveCode(code);
      giveCode = null;
      return;
    }
    work.run(async () => {
      page.session.begin(email, await page.pool.signIn(email.trim(), password, askCode));
      await page.enter();
      page.go(decoded(next) || "for-me");
    });
  }

  return {
    title: page.say("view.sign-in"),
    render: () => html`
      ${next === "" ? nothing : html`<p>${page.say("signIn.first")}</p>`} ${work.box}
      <form @submit=${submit}>
        ${field(page.say("account.email"), { name: "email", type: "email", autocomplete: "username" })}
        ${field(page.say("account.password"), { name: "password", type: "password", autocomplete: "current-password" })}
        ${giveCode === null ? nothing : field(page.say("signIn.code"), { name: "code", autocomplete: "one-time-code" })}
        <p class="actions">
          <button class="button" ?disabled=${work.busy && giveCode === null}>${page.say("view.sign-in")}</button>
          <a href="#/register">${page.say("view.register")}</a> <a href="#/recover">${page.say("view.recover")}</a>
        </p>
      </form>
    `,
  };
}

// Anybody may write an address, also one that is not well encoded.
/** @param {string} next */
function decoded(next) {
  try {
    return decodeURIComponent(next);
  } catch {
    return "";
  }
}
