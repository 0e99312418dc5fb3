// @ts-check
// Endpoints of the party's own, servers and queues, to which the service delivers what happens to its exchanges.

import { html, nothing } from "lit-html";
import { listAll } from "../service/api.js";
import { idText, stateText, timeText, Work } from "./parts.js";
import { grantText, webhookForms } from "./webhook-forms.js";

/** Why nothing was delivered. @param {import("../app/page.js").Page} page @param {string} code */
const failureText = (page, code) =>
  page.texts.has(`failure.${code}`) ? page.say(`failure.${code}`) : html`${page.say("webhooks.unknownFailure")} <code>${code}</code>`;

/** @param {import("../app/page.js").Page} page */
export async function webhooksView(page) {
  const work = new Work(page);
  /** @type {any[]} */
  let webhooks = [];
  /** @type {import("./webhook-forms.js").Grant | null} What was just given: a secret is shown once. */
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
      told = told?.webhookId === id ? told : null;
      await act();
      await load();
      page.announce(page.say(said));
    });

  /** @param {Record<string, string>} order */
  const add = (order) =>
    change("", order.queue === undefined ? "webhooks.added" : "webhooks.queueAdded", async () => {
      told = await page.api.post("/webhooks", order);
    });

  /** @param {any} webhook */
  const test = ({ webhookId: id, role }) =>
    change(id, role ? "webhooks.queueTested" : "webhooks.tested", () => page.api.post(`/webhooks/${id}/verification`));

  /** @param {string} id */
  const rotate = (id) =>
    change(id, "webhooks.rotated", async () => {
      told = await page.api.post(`/webhooks/${id}/rotation`);
    });

  /** @param {string} id */
  const remove = (id) =>
    change(id, "webhooks.removed", async () => {
      await page.api.delete(`/webhooks/${id}`);
      told = null;
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
  const row = (webhook) => {
    const { webhookId, url, state, offReason, previousUntil } = webhook;
    return html`<li>
      <p><bdi>${url}</bdi> ${stateText(page, state === "Pending" ? "Untested" : state)} ${idText(page, webhookId)}</p>
      ${offReason ? html`<p class="hint">${failureText(page, offReason)}</p>` : nothing}
      ${previousUntil ? html`<p class="hint">${page.say("webhooks.previous")} ${timeText(page, previousUntil)}</p>` : nothing}
      ${told !== null && told.webhookId === webhookId ? grantText(page, told) : nothing}
      <p class="actions">
        ${action("webhooks.test", url, () => test(webhook))} ${action("webhooks.rotate", url, () => rotate(webhookId))}
        ${action("webhooks.remove", url, () => remove(webhookId))}
        ${action("webhooks.deliveries", url, () => work.run(() => read(webhookId)))}
      </p>
      ${opened?.id === webhookId ? deliveries(webhookId) : nothing}
    </li>`;
  };

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
        ${one.failure ? failureText(page, one.failure) : nothing} ${one.status ?? nothing}
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
      ${told !== null && !webhooks.some(({ webhookId }) => webhookId === told?.webhookId) ? grantText(page, told) : nothing}
      ${
        webhooks.length === 0
          ? html`<p class="empty">${page.say("webhooks.none")}</p>`
          : html`<ul class="rows">
              ${webhooks.map(row)}
            </ul>`
      }
      ${webhookForms(page, work, add)}
    `,
  };
}
