// @ts-check
// Sets a new password with a mailed code; and says what to do about a key that is lost.

import { html } from "lit-html";
import { field, valuesOf, Work } from "./parts.js";

/** @param {import("../app/page.js").Page} page */
export function recoverView(page) {
  const work = new Work(page);
  /** @type {string | null} */
  let email = null;

  /** @param {Event} event */
  function ask(event) {
    const values = valuesOf(event);
    work.run(async () => {
      await page.pool.forgot(values.email.trim());
      email = values.email.trim();
    });
  }

  /** @param {Event} event */
  function reset(event) {
    const { code, password } = valuesOf(event);
    work.run(async () => {
      await page.pool.reset(email ?? "", code.trim(), password);
      page.go("sign-in");
    });
  }

  const address = () => html`
    <form @submit=${ask}>
      ${field(page.say("account.email"), { name: "email", type: "email", autocomplete: "username" })}
      <p class="actions"><button class="button" ?disabled=${work.busy}>${page.say("recover.mail")}</button></p>
    </form>
  `;

  const code = () => html`
    <form @submit=${reset}>
      ${field(page.say("account.code"), { name: "code", autocomplete: "one-time-code" })}
      ${field(page.say("account.newPassword"), {
        ...{ name: "password", type: "password", autocomplete: "new-password", hint: page.say("account.passwordRule") },
      })}
      <p class="actions"><button class="button" ?disabled=${work.busy}>${page.say("recover.set")}</button></p>
    </form>
  `;

  return {
    title: page.say("view.recover"),
    render: () =>
      html`${work.box} ${email === null ? address() : code()}
        <h2>${page.say("recover.keyTitle")}</h2>
        <p>${page.say("recover.key")}</p>`,
  };
}
