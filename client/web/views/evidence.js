// @ts-check
// Verifies a bundle that anybody drops here, line by line, in this browser; nothing is sent.

import { html, nothing } from "lit-html";
import { anchorOfKeys } from "../evidence/anchors.js";
import { verifyBundle } from "../evidence/bundle.js";
import { checkDocument } from "../evidence/document.js";
import { isDigest } from "../evidence/identifiers.js";
import { linesOf } from "../evidence/verdict.js";
import { anchorOfPin } from "../service/pins.js";
import { Problem } from "../service/problem.js";
import { facts } from "./certificate.js";
import { dropZone } from "./drop-zone.js";
import { Work } from "./parts.js";

const largest = 64 * 1024 * 1024;

/** @param {import("../app/page.js").Page} page */
export async function evidenceView(page) {
  const work = new Work(page);
  const pins = await page.database.all("pins");
  /** @type {File | null} */
  let bundle = null;
  /** @type {File | null} */
  let document = null;
  let key = "";
  /** @type {any} */
  let verdict = null;

  // What is chosen while something is verified counts too: then all of it is verified again.
  let isStale = false;
  async function verify() {
    isStale = work.busy;
    if (!isStale) {
      await work.run(verifyOnce);
      if (isStale) {
        await verify();
      }
    }
  }

  async function verifyOnce() {
    verdict = null;
    if (bundle === null) {
      return;
    }
    if (bundle.size > largest) {
      throw new Problem("bundle-too-large", "A bundle has at most 64 MiB.");
    }
    if (key !== "" && !isDigest(key)) {
      throw new Problem("invalid-store-key", "A store's key is 43 characters of base64url.");
    }
    const anchors = key === "" ? pins.map(anchorOfPin) : [anchorOfKeys([key])];
    const found = await verifyBundle(new Uint8Array(await bundle.arrayBuffer()), anchors);
    if (document !== null && found.document !== null) {
      found.checks.push(...(await checkDocument(found.document, document)));
    }
    verdict = found;
    page.announce(conclusion());
  }

  // A key that was pasted counts at once; what is no key is said to be none when the field is left.
  /** @param {Event} event */
  function setKey(event) {
    key = /** @type {HTMLInputElement} */ (event.target).value.trim();
    if (event.type === "change" || key === "" || isDigest(key)) {
      verify();
    }
  }

  // The verifier's own words, as the command says them too.
  const conclusion = () => linesOf(verdict).slice(verdict.checks.length).join(" ");
  const holds = () => verdict.checks.every((/** @type {any} */ check) => check.passed);

  /** @param {{ name: string, passed: boolean, detail: string }} check */
  function line({ name, passed, detail }) {
    const proves = `proves.${name.split(".")[1]}`;
    return html`<li class=${passed ? "passed" : "failed"}>
      <span class="mark">${page.say(passed ? "evidence.ok" : "evidence.fail")}</span> <code>${name}</code> <bdi>${detail}</bdi>
      ${page.texts.has(proves) ? html`<span class="hint">${page.say(proves)}</span>` : nothing}
    </li>`;
  }

  return {
    title: page.say("view.evidence"),
    render: () => html`
      <p>${page.say("evidence.what")}</p>
      ${dropZone(page, "bundle", page.say("evidence.bundle"), (picked) => ((bundle = picked), verify()))}
      ${dropZone(page, "document", page.say("evidence.document"), (picked) => ((document = picked), verify()))}
      <p class="field">
        <label for="store-key">${page.say("evidence.key")}</label>
        <input id="store-key" @input=${setKey} @change=${setKey} autocomplete="off" spellcheck="false" aria-describedby="store-key-hint" />
        <span class="hint" id="store-key-hint">${page.say(pins.length > 0 ? "evidence.keyPinned" : "evidence.keyHint")}</span>
      </p>
      ${work.box} ${verdict === null ? nothing : result()}
    `,
  };

  function result() {
    return html`
      <section class="certificate">
        <h2>${page.say(!holds() ? "evidence.refused" : verdict.anchor === null ? "evidence.consistent" : "evidence.verified")}</h2>
        <p class=${!holds() ? "refused" : verdict.anchor === null ? "waiting" : "proven"} lang="en">${conclusion()}</p>
        ${holds() ? facts(page, verdict) : nothing}
        <p class="actions"><button type="button" @click=${() => print()}>${page.say("certificate.print")}</button></p>
      </section>
      <ol class="checks" lang="en">
        ${verdict.checks.map(line)}
      </ol>
    `;
  }
}
