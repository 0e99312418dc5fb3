// @ts-check
// The seed's menu: what was sent, what was received, and the receipts for what was sent.

import { html, nothing } from "lit-html";
import { listAll } from "../service/api.js";
import { partyText, stateText, timeText, Work } from "./parts.js";

/** @typedef {import("../app/page.js").Page} Page */

/** @param {Page} page */
export async function sentView(page) {
  const work = new Work(page);
  /** @type {any[]} */
  let documents = [];
  /** @type {any[]} */
  let exchanges = [];
  /** @type {string | null} */
  let asked = null;

  async function load() {
    documents = await listAll(page.api, "/documents?role=uploader", "documents");
    exchanges = (await listAll(page.api, "/exchanges", "exchanges")).filter((view) => view.uploader === page.me.id);
  }

  /** @param {string} id */
  const withdraw = (id) =>
    work.run(async () => {
      await page.api.post(`/documents/${id}/abort`);
      asked = null;
      await load();
      page.announce(page.say("sent.withdrawn"));
    });

  // To take a document back cannot be undone, so it is asked twice.
  /** @param {string} id */
  const withdrawal = (id) =>
    asked === id
      ? html`<p>${page.say("sent.sure")}</p>
          <p class="actions">
            <button type="button" class="danger" ?disabled=${work.busy} @click=${() => withdraw(id)}>${page.say("sent.withdraw")}</button>
            <button type="button" @click=${() => ((asked = null), page.refresh())}>${page.say("sent.keep")}</button>
          </p>`
      : html`<p><button type="button" @click=${() => ((asked = id), page.refresh())}>${page.say("sent.withdraw")}…</button></p>`;

  /** @param {any} document */
  const row = (document) =>
    html`<li>
      <p>
        <strong><bdi>${document.name}</bdi></strong
        >, ${page.texts.size(document.size)} ${stateText(page, document.state)}
      </p>
      <p class="hint">${page.say("list.to")} ${document.audience.map((/** @type {string} */ party) => html`${partyText(page, party)} `)}</p>
      <ul>
        ${exchanges.filter((view) => view.fileId === document.fileId).map((view) => exchangeLine(page, view, view.downloader))}
      </ul>
      ${document.state === "Deposited" ? withdrawal(document.fileId) : nothing}
    </li>`;

  await work.run(load);
  return list(page, "sent", work, () => documents.map(row));
}

/** @param {Page} page */
export const receivedView = (page) => endedView(page, "received", "downloader", "uploader");

/** @param {Page} page */
export const receiptsView = (page) => endedView(page, "receipts", "uploader", "downloader");

/** @param {Page} page @param {string} name @param {string} own Which side the reader is on. @param {string} other */
async function endedView(page, name, own, other) {
  const work = new Work(page);
  /** @type {any[]} */
  let exchanges = [];
  await work.run(async () => {
    const all = await listAll(page.api, "/exchanges", "exchanges");
    const ended = all.filter((view) => view[own] === page.me.id && view.state === "Completed");
    exchanges = [...new Map(ended.map((view) => [view.exchangeId, view])).values()];
  });
  return list(page, name, work, () => exchanges.map((view) => exchangeLine(page, view, view[other])));
}

/** @param {Page} page @param {any} view @param {string} party The other side. */
const exchangeLine = (page, view, party) =>
  html`<li>
    <p>
      <a href="#/exchange/${view.exchangeId}"><bdi>${view.name}</bdi></a> ${stateText(page, view.state)}
      <span class="hint">${partyText(page, party)}, ${timeText(page, view.endedAt ?? view.openedAt)}</span>
    </p>
  </li>`;

/** @param {Page} page @param {string} name @param {Work} work @param {() => unknown[]} rows */
const list = (page, name, work, rows) => ({
  title: page.say(`view.${name}`),
  render: () => {
    const lines = rows();
    return html`${work.box}
      <p>${page.say(`${name}.what`)}</p>
      ${
        lines.length === 0
          ? html`<p class="empty">${page.say(`${name}.none`)}</p>`
          : html`<ul class="rows">
              ${lines}
            </ul>`
      }`;
  },
});
