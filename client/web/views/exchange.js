// @ts-check
// One exchange: where it stands, what the reader may do, its timeline, and its certificate.

import { html, nothing } from "lit-html";
import { collect } from "../exchange/bundle.js";
import { requireBundle } from "../exchange/judgement.js";
import { decline, giveReceipt, readChallenge } from "../exchange/opening.js";
import { receive, save } from "../exchange/receiving.js";
import { removeFile } from "../transfer/place.js";
import { certificate } from "./certificate.js";
import { challengeText } from "./challenge.js";
import { problemBox, progressBar, stateText, Work } from "./parts.js";
import { readEvents, timeline } from "./timeline.js";

/** How often an exchange is looked at that has not ended. */
const interval = 2000;

/** @param {import("../app/page.js").Page} page @param {string} id */
export async function exchangeView(page, id) {
  const work = new Work(page);
  const stop = new AbortController();
  /** @type {any} */
  let exchange = null;
  /** @type {import("./timeline.js").Event[]} */
  let events = [];
  /** @type {unknown} */
  let refused = null;
  /** @type {Blob | null} */
  let file = null;
  /** @type {number | null} */
  let done = null;

  async function load() {
    exchange = await collect(page.me, id);
    events = await readEvents(exchange.tokens);
    refused = null;
    try {
      requireBundle(exchange.verdict);
    } catch (problem) {
      refused = problem;
    }
  }

  const isOpen = () => exchange !== null && exchange.view.state === "AwaitingReceipt";
  const isMine = () => exchange.view.downloader === page.me.id;

  // The clock of the deadline, and the look whether the other side has acted.
  const ticking = setInterval(() => isOpen() && page.refresh(), 1000);
  const looking = setInterval(() => isOpen() && !work.busy && !document.hidden && look(), interval);

  async function look() {
    const view = await page.api.get(`/exchanges/${id}`).catch(() => null);
    if (view !== null && view.state !== exchange.view.state) {
      await work.run(load);
      page.announce(page.say(`state.${exchange.view.state}`));
    }
  }

  const read = () => readChallenge(page.me, exchange.tokens.challenge, id, exchange.view.fileId, exchange);

  const sign = () =>
    work.run(async () => {
      const challenge = await read();
      await giveReceipt(page.me, challenge);
      await load();
    });

  /** @param {string} reason */
  const refuse = (reason) =>
    work.run(async () => {
      const challenge = await read();
      await decline(page.me, challenge, reason);
      await load();
    });

  const download = () =>
    work.run(async () => {
      const progress = (/** @type {number} */ octets) => {
        done = octets;
        page.refresh();
      };
      try {
        file = await receive(page.me, exchange.verdict, progress, stop.signal);
        page.announce(page.say("exchange.verified"));
      } finally {
        done = null;
      }
    });

  function saveDocument() {
    save(/** @type {Blob} */ (file), exchange.verdict.document.name);
  }

  await work.run(load);
  return {
    title: exchange === null ? page.say("exchange.title") : exchange.view.name,
    close: () => {
      clearInterval(ticking);
      clearInterval(looking);
      stop.abort();
    },
    render: () =>
      exchange === null
        ? work.box
        : html`<p>${stateText(page, exchange.view.state)}</p>
            ${work.box} ${content()}`,
  };

  function content() {
    if (refused !== null) {
      return html`${problemBox(page, refused)}${failures()}`;
    }
    const { statement, document: described, state } = exchange.verdict;
    return html`
      ${isOpen() && isMine() ? challengeText(page, statement, { busy: work.busy, sign, refuse }) : nothing}
      ${isOpen() && !isMine() ? html`<p>${page.say("exchange.waiting")}</p>` : nothing}
      ${state === "Completed" && isMine() ? received(Number(described.size)) : nothing} ${timeline(page, statement, events)}
      ${state === "AwaitingReceipt" ? nothing : certificate(page, exchange)}
    `;
  }

  /** @param {number} size */
  function received(size) {
    return html`
      <section>
        ${
          file === null
            ? html`<p class="actions">
                <button class="button" ?disabled=${work.busy} @click=${download}>${page.say("exchange.download")}</button>
              </p>`
            : html`<p class="proven">${page.say("exchange.verified")}</p>
                <p class="actions">
                  <button class="button" @click=${saveDocument}>${page.say("exchange.save")}</button>
                  <button type="button" @click=${forget}>${page.say("exchange.forget")}</button>
                </p>`
        }
        ${done === null ? nothing : progressBar(page, page.say("exchange.downloading"), done, size)}
      </section>
    `;
  }

  async function forget() {
    file = null;
    await removeFile(id);
    page.refresh();
  }

  function failures() {
    return html`
      <ul class="checks">
        ${exchange.verdict.checks
          .filter((/** @type {any} */ check) => !check.passed)
          .map((/** @type {any} */ check) => html`<li class="failed"><code>${check.name}</code> <bdi lang="en">${check.detail}</bdi></li>`)}
      </ul>
    `;
  }
}
