// @ts-check
// Makes an account: address and password, then the code that was mailed.

import { html } from "lit-html";
import { field, valuesOf, Work } from "./parts.js";

/** @param {import("../app/page.js").Page} page */
export function registerView(page) {
  const work = new Work(page);
  /** @type {{ email: string, password: string } | null} */
  let waiting = null;

  /** @param {Event} event */
  function signUp(event) {
    const { email, password } = valuesOf(event);
    work.run(async () => {
      await page.pool.signUp(email.trim(), password);
      waiting = { email: email.trim(), password };
      page.announce(page.say("register.mailed"));
    });
  }

  /** @param {Event} event */
  function confirm(event) {
    const { code } = valuesOf(event);
    const { email, password } = waiting ?? { email: "", password: "" };
    work.run(async () => {
      await page.pool.confirm(email, code.trim());
      page.session.begin(email, await page.pool.signIn(email, password, () => Promise.reject(new Error("no authenticator"))));
      await page.enter();
      page.go("keys");
    });
  }

  const address = () => html`
    <form @submit=${signUp}>
      ${field(page.say("account.email"), { name: "email", type: "email", autocomplete: "username" })}
      ${field(page.say("account.password"), {
        ...{ name: "password", type: "password", autocomplete: "new-password", hint: page.say("account.passwordRule") },
      })}
      <p class="actions"><button class="button" ?disabled=${work.busy}>${page.say("view.register")}</button></p>
    </form>
  `;

  const code = () => html`
    <p>${page.say("register.mailed")}</p>
    <form @submit=${confirm}>
      ${field(page.say("account.code"), { name: "code", autocomplete: "one-time-code" })}
      <p class="actions">
        <button class="button" ?disabled=${work.busy}>${page.say("register.confirm")}</button>
        <button type="button" @click=${() => work.run(() => page.pool.resend(waiting?.email ?? ""))}>${page.say("register.again")}</button>
      </p>
    </form>
  `;

  return { title: page.say("view.register"), render: () => html`${work.box} ${waiting === null ? address() : code()}` };
}
