// @ts-check
// Where the party wants mail when something waits.

import { html, nothing } from "lit-html";
import { field, stateText, valuesOf, Work } from "./parts.js";

const kinds = ["documents", "endings"];

/** @param {import("../app/page.js").Page} page */
export async function noticesView(page) {
  const work = new Work(page);
  /** @type {{ state: string, about: string[], address?: string, pendingAddress?: string }} */
  let notices = { state: "Off", about: [] };

  /** @param {string} said @param {() => Promise<any>} call */
  const change = (said, call) =>
    work.run(async () => {
      notices = await call();
      page.announce(page.say(said));
    });

  /** @param {Event} event */
  function set(event) {
    const values = valuesOf(event);
    const about = kinds.filter((kind) => values[kind] === "on");
    change("notices.set", () => page.api.post("/notices", { address: values.address.trim(), about }));
  }

  /** @param {Event} event */
  function confirm(event) {
    const { code } = valuesOf(event);
    change("notices.confirmed", () => page.api.post("/notices/confirmation", { code }));
  }

  /** @param {string} kind */
  const choice = (kind) => html`<p class="choice">
    <input type="checkbox" id=${kind} name=${kind} .checked=${notices.about.includes(kind) || notices.about.length === 0} />
    <label for=${kind}>${page.say(`notices.${kind}`)}</label>
  </p>`;

  await work.run(async () => {
    notices = await page.api.get("/notices");
  });
  return {
    title: page.say("view.notices"),
    render: () => html`
      ${work.box}
      <p>${page.say("notices.what")}</p>
      <p>${stateText(page, notices.state === "Pending" ? "Unconfirmed" : notices.state)} ${notices.address ? html`<bdi>${notices.address}</bdi>` : nothing}</p>
      ${notices.pendingAddress ? html`<p>${page.say("notices.pending")} <bdi>${notices.pendingAddress}</bdi></p>` : nothing}
      ${notices.state === "Pending" || notices.pendingAddress ? code() : nothing}
      <form @submit=${set}>
        <h2>${page.say("notices.where")}</h2>
        ${field(page.say("account.email"), {
          name: "address",
          type: "email",
          value: notices.address ?? page.session.email,
          autocomplete: "email",
        })}
        ${kinds.map(choice)}
        <p class="actions">
          <button class="button" ?disabled=${work.busy}>${page.say("notices.save")}</button>
          ${
            notices.state === "Off"
              ? nothing
              : html`<button type="button" ?disabled=${work.busy} @click=${() => change("notices.ended", () => page.api.delete("/notices"))}>
                  ${page.say("notices.end")}
                </button>`
          }
        </p>
      </form>
    `,
  };

  function code() {
    return html`<form @submit=${confirm}>
      ${field(page.say("account.code"), { name: "code", autocomplete: "one-time-code" })}
      <p class="actions"><button class="button" ?disabled=${work.busy}>${page.say("notices.confirm")}</button></p>
    </form>`;
  }
}
