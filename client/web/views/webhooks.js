// @ts-check
// Endpoints of the party's own, to which the service delivers what happens to its exchanges.

import { html, nothing } from "lit-html";
import { listAll } from "../service/api.js";
import { field, idText, stateText, timeText, valuesOf, Work } from "./parts.js";

/** @param {import("../app/page.js").Page} page */
export async function webhooksView(page) {
  const work = new Work(page);
  /** @type {any[]} */
  let webhooks = [];
  /** @type {{ id: string, secret: string } | null} The secret is shown once. */
  let told = null;
  /** @type {{ id: string, deliveries: any[] } | null} */
  let opened = null;
  let isDeadOnly = false;

  const load = async () => {
    webhooks = (await page.api.get("/webhooks")).webhooks;
  };

  /** @param {string} id */
  const read = async (id) => {
    opened = { id, deliveries: await listAll(page.api, `/webhooks/${id}/deliveries`, "deliveries") };
  };

  /** @param {string} id @param {string} said @param {() => Promise<void>} act */
  const change = (id, said, act) =>
    work.run(async () => {
      told = told?.id === id ? told : null;
      await act();
      await load();
      page.announce(page.say(said));
    });

  /** @param {Event} event */
  function add(event) {
    const { url } = valuesOf(event);
    change("", "webhooks.added", async () => {
      const { webhookId, secret } = await page.api.post("/webhooks", { url: url.trim() });
      told = { id: webhookId, secret };
    });
  }

  /** @param {string} id */
  const test = (id) => change(id, "webhooks.tested", () => page.api.post(`/webhooks/${id}/verification`));

  /** @param {string} id */
  const rotate = (id) =>
    change(id, "webhooks.rotated", async () => {
      told = { id, secret: (await page.api.post(`/webhooks/${id}/rotation`)).secret };
    });

  /** @param {string} id */
  const remove = (id) =>
    change(id, "webhooks.removed", async () => {
      await page.api.delete(`/webhooks/${id}`);
      opened = opened?.id === id ? null : opened;
    });

  /** @param {string} id @param {string} messageId */
  const replay = (id, messageId) =>
    change(id, "webhooks.replayed", async () => {
      await page.api.post(`/webhooks/${id}/replays`, { messageId });
      await read(id);
    });

  /** @param {string} key @param {string} url @param {() => void} act */
  const action = (key, url, act) =>
    html`<button type="button" ?disabled=${work.busy} @click=${act} aria-label="${page.say(key)}: ${url}">${page.say(key)}</button>`;

  /** @param {any} webhook */
  const row = ({ webhookId, url, state, offReason, previousUntil }) => html`
    <li>
      <p><bdi>${url}</bdi> ${stateText(page, state)} ${idText(page, webhookId)}</p>
      ${offReason ? html`<p class="hint">${page.say(`failure.${offReason}`)}</p>` : nothing}
      ${previousUntil ? html`<p class="hint">${page.say("webhooks.previous")} ${timeText(page, previousUntil)}</p>` : nothing}
      ${
        told?.id === webhookId
          ? html`<p class="notice">${page.say("webhooks.secret")} <code>${told?.secret}</code></p>`
          : nothing
      }
      <p class="actions">
        ${action("webhooks.test", url, () => test(webhookId))} ${action("webhooks.rotate", url, () => rotate(webhookId))}
        ${action("webhooks.remove", url, () => remove(webhookId))}
        ${action("webhooks.deliveries", url, () => work.run(() => read(webhookId)))}
      </p>
      ${opened?.id === webhookId ? deliveries(webhookId) : nothing}
    </li>
  `;

  /** @param {string} id */
  const deliveries = (id) => {
    const shown = (opened?.deliveries ?? []).filter((one) => !isDeadOnly || one.state === "Dead");
    return html`<p class="choice">
        <input type="checkbox" id="dead" .checked=${isDeadOnly} @change=${() => ((isDeadOnly = !isDeadOnly), page.refresh())} />
        <label for="dead">${page.say("webhooks.deadOnly")}</label>
      </p>
      ${
        shown.length === 0
          ? html`<p class="empty">${page.say("webhooks.nothingSent")}</p>`
          : html`<ul class="rows">
              ${shown.map((one) => delivery(id, one))}
            </ul>`
      }`;
  };

  /** @param {string} id @param {any} one */
  const delivery = (id, one) => html`<li>
    <p>
      <code>${one.messageId}</code> ${stateText(page, one.state)}
      <span class="hint">
        ${timeText(page, one.at)}, ${page.say("webhooks.attempts", { count: one.attempts })}
        ${one.failure ? page.say(`failure.${one.failure}`) : nothing} ${one.status ?? nothing}
      </span>
    </p>
    <p class="actions">${action("webhooks.replay", one.messageId, () => replay(id, one.messageId))}</p>
  </li>`;

  await work.run(load);
  return {
    title: page.say("view.webhooks"),
    render: () => html`
      ${work.box}
      <p>${page.say("webhooks.what")}</p>
      ${
        webhooks.length === 0
          ? html`<p class="empty">${page.say("webhooks.none")}</p>`
          : html`<ul class="rows">
              ${webhooks.map(row)}
            </ul>`
      }
      <form @submit=${add}>
        <h2>${page.say("webhooks.add")}</h2>
        ${field(page.say("webhooks.url"), { name: "url", type: "url", hint: page.say("webhooks.urlHint") })}
        <p class="actions"><button class="button" ?disabled=${work.busy}>${page.say("webhooks.add")}</button></p>
      </form>
    `,
  };
}
