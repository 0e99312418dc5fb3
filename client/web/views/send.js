// @ts-check
// Sends files to recipients, one after another, and goes on with uploads that were interrupted.

import { html, nothing } from "lit-html";
import { findContacts, forgetContact } from "../exchange/contacts.js";
import { resumeUpload, sendFile } from "../exchange/deposit.js";
import { findRecipient } from "../exchange/recipients.js";
import { findUploads } from "../exchange/uploads.js";
import { keepDraft, takeDraft } from "./draft.js";
import { requireRunning } from "../service/problem.js";
import { dropFiles } from "./drop-zone.js";
import { isSessionEnd, progressBar, valuesOf, Work } from "./parts.js";
import { beginnings, chosen, contactList, recipients } from "./send-lists.js";

/** @typedef {import("../app/page.js").Page} Page */
/** @typedef {import("../exchange/uploads.js").Upload} Upload */

/** @param {Page} page */
export async function sendView(page) {
  const work = new Work(page);
  const stop = new AbortController();
  // Whoever signs in later sends nothing of this.
  const { me } = page;
  /** @type {File[]} */
  let files = [];
  let disclosed = false;
  /** @type {import("./draft.js").Interrupted | null} What was being sent when the session ended. */
  let interrupted = null;
  /** @type {string[]} */
  let audience = [];
  /** @type {import("../exchange/contacts.js").Contact[]} */
  let contacts = [];
  /** @type {Upload[]} */
  let begun = [];
  /** @type {{ name: string, file: string, done: number, size: number } | null} */
  let phase = null;
  let turn = 0;
  /** @type {string[]} */
  let sent = [];
  let hasKey = true;

  const load = async () => {
    hasKey = (await me.findKey()) !== null;
    begun = await findUploads(page.database, me.id);
    contacts = await findContacts(me);
  };

  // What was sent leaves the list; after a problem the rest stays there.
  /** @param {File[]} picked @param {(file: File, watch: import("../exchange/deposit.js").Watch) => Promise<unknown>} act */
  const send = (picked, act) =>
    work.run(async () => {
      sent = [];
      turn++;
      /** @type {import("./draft.js").Interrupted | null} */
      let current = null;
      try {
        for (const file of picked) {
          requireRunning(stop.signal);
          const under = { file, upload: /** @type {string | null} */ (null) };
          current = under;
          await act(file, { ...watchOf(file, turn), begun: (upload) => (under.upload = upload) });
          sent = [...sent, file.name];
          // A file that was picked again, to go on with it, is the one in the list.
          files = files.filter((other) => !isSame(other, file));
          page.announce(page.say("send.done", { name: file.name }));
        }
        audience = files.length === 0 ? [] : audience;
      } catch (problem) {
        interrupted = isSessionEnd(problem) ? current : null;
        throw problem;
      } finally {
        turn++;
        phase = null;
        // What went wrong is told, and not that the list could not be read anew.
        await load().catch(() => undefined);
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
    event.preventDefault();
    const order = { audience, disclose: disclosed };
    if (audience.length > 0) {
      send(files, (file, watch) => sendFile(me, { ...order, file }, watch));
    }
  }

  /** @param {Event} event */
  function add(event) {
    const form = /** @type {HTMLFormElement} */ (event.target);
    const { recipient } = valuesOf(event);
    work.run(async () => {
      const reader = await findRecipient(me, recipient.trim());
      audience = [...new Set([...audience, reader])];
      contacts = await findContacts(me);
      form.reset();
    });
  }

  // The party that was noted, whoever has the address by now.
  /** @param {import("../exchange/contacts.js").Contact} contact */
  const addContact = (contact) =>
    work.run(async () => {
      audience = [...new Set([...audience, await findRecipient(me, contact.party)])];
    });

  /** @param {import("../exchange/contacts.js").Contact} contact */
  const forget = (contact) =>
    work.run(async () => {
      await forgetContact(me, contact);
      contacts = await findContacts(me);
    });

  /** @param {Upload} upload @param {File} file */
  const resume = (upload, file) => send([file], (picked, watch) => resumeUpload(me, upload, picked, watch));

  // After a sign-in that was asked for in the middle of an upload, that goes on; what was not begun is chosen again.
  function goOn() {
    const draft = takeDraft(page, me.id);
    if (draft !== null) {
      ({ files, audience, disclosed } = draft);
      const upload = begun.find(({ id }) => id === draft.interrupted?.upload);
      if (draft.interrupted !== null && upload !== undefined) {
        resume(upload, draft.interrupted.file);
      }
    }
  }

  function close() {
    stop.abort();
    if (isSessionEnd(work.problem)) {
      keepDraft(page, { party: me.id, files, audience, disclosed, interrupted });
    }
  }

  /** @param {string} reader */
  function removeReader(reader) {
    audience = audience.filter((other) => other !== reader);
    page.refresh();
  }

  /** @param {File} file */
  function removeFile(file) {
    files = files.filter((other) => other !== file);
    page.refresh();
  }

  await work.run(load);
  goOn();
  return {
    title: page.say("view.send"),
    close,
    render: () => html`
      ${hasKey ? nothing : html`<p class="empty">${page.say("send.noKey")} <a href="#/keys">${page.say("view.keys")}</a></p>`} ${work.box}
      ${sent.map((name) => html`<p class="proven">${page.say("send.done", { name })} <a href="#/sent">${page.say("view.sent")}</a></p>`)}
      ${phase === null ? nothing : progressBar(page, `${page.say(`send.${phase.name}`)}: ${phase.file}`, phase.done, phase.size)}
      ${begun.length === 0 || phase !== null ? nothing : beginnings(page, begun, resume)}
      ${recipients(page, work.busy, audience, { add, remove: removeReader })}
      ${contacts.length === 0 ? nothing : contactList(page, work.busy, contacts, { add: addContact, forget })}
      <form @submit=${submit}>
        <h2>${page.say("send.files")}</h2>
        ${dropFiles(page, "files", page.say("send.pick"), (picked) => (files = picked))}
        ${chosen(page, work.busy, files, removeFile)}
        <p class="choice">
          <input
            type="checkbox"
            id="disclose"
            .checked=${disclosed}
            @change=${(/** @type {any} */ { target }) => (disclosed = target.checked)}
          />
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
}

/** Whether two files are one, as far as a page can tell without reading them. @param {File} one @param {File} other */
const isSame = (one, other) => one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;
