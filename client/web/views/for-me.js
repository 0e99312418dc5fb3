// @ts-check
// What the reader is asked to give receipts for.

import { html, nothing } from "lit-html";
import { askFor } from "../exchange/opening.js";
import { listAll } from "../service/api.js";
import { partyText, stateText, timeText, Work } from "./parts.js";

/** @param {import("../app/page.js").Page} page */
export async function forMeView(page) {
  const work = new Work(page);
  /** @type {any[]} */
  let documents = [];
  /** @type {Map<string, any>} */
  let exchanges = new Map();

  async function load() {
    const all = await listAll(page.api, "/exchanges", "exchanges");
    const own = all.filter((view) => view.downloader === page.me.id).sort((left, right) => (left.openedAt < right.openedAt ? -1 : 1));
    exchanges = new Map(own.map((view) => [view.fileId, view]));
    const readable = await listAll(page.api, "/documents?role=reader", "documents");
    documents = readable.filter(({ fileId, uploader }) => uploader !== page.me.id && exchanges.get(fileId)?.state !== "Completed");
  }

  /** @param {string} document */
  const ask = (document) => work.run(async () => page.go(`exchange/${await askFor(page.me, document)}`));

  /** @param {any} document */
  function row(document) {
    const exchange = exchanges.get(document.fileId);
    const isOpen = exchange?.state === "AwaitingReceipt";
    return html`<li>
      <p>
        <strong><bdi>${document.name}</bdi></strong
        >, ${page.texts.size(document.size)} ${exchange === undefined ? nothing : stateText(page, exchange.state)}
      </p>
      <p class="hint">
        ${page.say("list.from")} ${partyText(page, document.uploader)},
        ${document.depositedAt ? timeText(page, document.depositedAt) : nothing}
      </p>
      <p>
        ${
          isOpen
            ? html`<a class="button" href="#/exchange/${exchange.exchangeId}">${page.say("forMe.goOn")}</a>`
            : html`<button class="button" ?disabled=${work.busy} @click=${() => ask(document.fileId)}>${page.say("forMe.ask")}</button>`
        }
      </p>
    </li>`;
  }

  await work.run(load);
  return {
    title: page.say("view.for-me"),
    render: () => html`
      ${work.box}
      <p>${page.say("forMe.what")}</p>
      ${
        documents.length === 0
          ? html`<p class="empty">${page.say("forMe.none")}</p>`
          : html`<ul class="rows">
              ${documents.map(row)}
            </ul>`
      }
    `,
  };
}
