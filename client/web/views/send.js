// @ts-check
// Sends files to recipients, one after another, and goes on with uploads that were interrupted.

import { html, nothing } from "lit-html";
import { resumeUpload, sendFile } from "../exchange/deposit.js";
import { findRecipient } from "../exchange/recipients.js";
import { findUploads } from "../exchange/uploads.js";
import { dropFiles, dropZone } from "./drop-zone.js";
import { partyText, progressBar, valuesOf, Work } from "./parts.js";

/** @typedef {import("../app/page.js").Page} Page */
/** @typedef {import("../exchange/uploads.js").Upload} Upload */

/** @param {Page} page */
export async function sendView(page) {
  const work = new Work(page);
  const stop = new AbortController();
  /** @type {File[]} */
  let files = [];
  /** @type {string[]} */
  let audience = [];
  /** @type {Upload[]} */
  let begun = [];
  /** @type {{ name: string, file: string, done: number, size: number } | null} */
  let phase = null;
  let turn = 0;
  /** @type {string[]} */
  let sent = [];
  let hasKey = true;

  const load = async () => {
    hasKey = (await page.me.findKey()) !== null;
    begun = await findUploads(page.database, page.me.id);
  };

  // What was sent leaves the list; after a problem the rest stays there.
  /** @param {File[]} picked @param {(file: File, watch: import("../exchange/deposit.js").Watch) => Promise<unknown>} act */
  const send = (picked, act) =>
    work.run(async () => {
      sent = [];
      turn++;
      try {
        for (const file of picked) {
          await act(file, watchOf(file, turn));
          sent = [...sent, file.name];
          // A file that was picked again, to go on with it, is the one in the list.
          files = files.filter((other) => !isSame(other, file));
          page.announce(page.say("send.done", { name: file.name }));
        }
        audience = files.length === 0 ? [] : audience;
      } finally {
        turn++;
        phase = null;
        await load();
      }
    });

  // Parts that were on their way when another was refused still tell how far they are: nothing is being sent by then.
  /** @param {File} file @param {number} mine */
  const watchOf = (file, mine) => ({
    signal: stop.signal,
    phase: (/** @type {string} */ name, /** @type {number} */ done) => {
      if (mine !== turn) {
        return;
      }
      phase = { name, file: file.name, done, size: file.size };
      page.refresh();
    },
  });

  /** @param {Event} event */
  function submit(event) {
    const { disclose } = valuesOf(event);
    const readers = audience;
    if (readers.length > 0) {
      send(files, (file, watch) => sendFile(page.me, { file, audience: readers, disclose: disclose === "on" }, watch));
    }
  }

  /** @param {Event} event */
  function add(event) {
    const form = /** @type {HTMLFormElement} */ (event.target);
    const { recipient } = valuesOf(event);
    work.run(async () => {
      const party = await findRecipient(page.me, recipient.trim());
      audience = [...new Set([...audience, party])];
      form.reset();
    });
  }

  await work.run(load);
  return {
    title: page.say("view.send"),
    close: () => stop.abort(),
    render: () => html`
      ${hasKey ? nothing : html`<p class="empty">${page.say("send.noKey")} <a href="#/keys">${page.say("view.keys")}</a></p>`} ${work.box}
      ${sent.map((name) => html`<p class="proven">${page.say("send.done", { name })} <a href="#/sent">${page.say("view.sent")}</a></p>`)}
      ${phase === null ? nothing : progressBar(page, `${page.say(`send.${phase.name}`)}: ${phase.file}`, phase.done, phase.size)}
      ${begun.length === 0 || phase !== null ? nothing : interrupted()} ${recipients()}
      <form @submit=${submit}>
        <h2>${page.say("send.files")}</h2>
        ${dropFiles(page, "files", page.say("send.pick"), (picked) => (files = picked))} ${chosen()}
        <p class="choice">
          <input type="checkbox" id="disclose" name="disclose" />
          <label for="disclose">${page.say("send.disclose")}</label>
        </p>
        <p class="actions">
          <button class="button" ?disabled=${work.busy || files.length === 0 || audience.length === 0 || !hasKey}>
            ${page.say("send.now")}
          </button>
        </p>
      </form>
    `,
  };

  function chosen() {
    return html`<ul class="rows">
      ${files.map(
        (file) =>
          html`<li>
            <bdi>${file.name}</bdi>, ${page.texts.size(file.size)}
            <button type="button" ?disabled=${work.busy} @click=${() => ((files = files.filter((other) => other !== file)), page.refresh())}>
              ${page.say("send.remove")}
            </button>
          </li>`,
      )}
    </ul>`;
  }

  function recipients() {
    return html`
      <h2>${page.say("send.to")}</h2>
      <ul class="rows">
        ${audience.map(
          (party) =>
            html`<li>
              ${partyText(page, party)}
              <button type="button" ?disabled=${work.busy} @click=${() => ((audience = audience.filter((other) => other !== party)), page.refresh())}>
                ${page.say("send.remove")}
              </button>
            </li>`,
        )}
      </ul>
      <form class="inline" @submit=${add}>
        <label for="recipient">${page.say("send.recipient")}</label>
        <input id="recipient" name="recipient" required autocomplete="email" />
        <button ?disabled=${work.busy}>${page.say("send.add")}</button>
      </form>
    `;
  }

  function interrupted() {
    return html`
      <section class="notice">
        <h2>${page.say("send.interrupted")}</h2>
        ${begun.map(
          (upload) => html`
            <p><bdi>${upload.name}</bdi>, ${page.texts.size(upload.size)}</p>
            ${dropZone(page, `resume-${upload.id}`, page.say("send.pickAgain"), (picked) =>
              send([picked], (file, watch) => resumeUpload(page.me, upload, file, watch)),
            )}
          `,
        )}
      </section>
    `;
  }
}

/** Whether two files are one, as far as a page can tell without reading them. @param {File} one @param {File} other */
const isSame = (one, other) => one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;
