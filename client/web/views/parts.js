// @ts-check
// Small pieces that views share.

import { html, nothing } from "lit-html";
import { EvidenceProblem } from "../exchange/evidence-problem.js";
import { Problem } from "../service/problem.js";

/** @typedef {import("../app/page.js").Page} Page */

// Problems with more than one cause: which it was, only the service's own sentence says.
const detailed = ["webhook-not-verified"];

/** What went wrong, in the reader's words, and what to do; nothing for null. @param {Page} page @param {unknown} problem */
export function problemBox(page, problem) {
  if (problem === null || problem === undefined) {
    return nothing;
  }
  const { code, message } = problem instanceof Problem ? problem : { code: "defect", message: String(problem) };
  const key = `problem.${code}`;
  const isDetailed = problem instanceof EvidenceProblem || detailed.includes(code) || !page.texts.has(key);
  return html`<div class="problem" role="alert">
    <p>${page.say(page.texts.has(key) ? key : "problem.other")}</p>
    ${isDetailed ? html`<p class="detail" lang="en">${message}</p>` : nothing}
    <p class="code">${code}</p>
  </div>`;
}

/** An id, shortened in the middle, whole on hover, copied by a click. @param {Page} page @param {string} id */
export const idText = (page, id) =>
  html`<button type="button" class="id" title=${id} @click=${() => copy(page, id)}>
    <span class="visually-hidden">${page.say("id.copy")} </span>${id.length > 15 ? `${id.slice(0, 6)}…${id.slice(-6)}` : id}
  </button>`;

/** A party: what its certificate tells, and its id. @param {Page} page @param {string} party */
export function partyText(page, party) {
  if (party === page.party?.id) {
    return html`<bdi>${page.say("party.you")}</bdi>`;
  }
  const name = page.party === null ? null : page.nameOf(party);
  return html`${name === null ? nothing : html`<bdi>${name}</bdi> `}${idText(page, party)}`;
}

/** An instant. @param {Page} page @param {string} at */
export const timeText = (page, at) => html`<time datetime=${at}>${page.texts.time(at)}</time>`;

/** The state of an exchange or a document, in words and a colour. @param {Page} page @param {string} state */
export const stateText = (page, state) => html`<span class="state ${state}">${page.say(`state.${state}`)}</span>`;

/** How far work has come, of `total` octets. @param {Page} page @param {string} label @param {number} done @param {number} total */
export const progressBar = (page, label, done, total) =>
  html`<p class="progress">
    <label>${label} <progress max=${total} .value=${done}></progress></label>
    <span class="numbers">${page.texts.size(done)} / ${page.texts.size(total)}</span>
  </p>`;

/** A field of a form. @param {string} label @param {Record<string, any>} field `name`, `type`, `value`, `autocomplete`, `hint`, `required`. */
export const field = (label, { name, type = "text", value = "", autocomplete = "off", hint, required = true }) =>
  html`<p class="field">
    <label for=${name}>${label}</label>
    <input
      id=${name}
      name=${name}
      type=${type}
      .value=${value}
      autocomplete=${autocomplete}
      ?required=${required}
      aria-describedby=${hint === undefined ? nothing : `${name}-hint`}
    />
    ${hint === undefined ? nothing : html`<span class="hint" id="${name}-hint">${hint}</span>`}
  </p>`;

/** What a view does meanwhile, and what came of it. */
export class Work {
  /** @type {unknown} */
  problem = null;
  busy = false;
  #page;

  /** @param {Page} page */
  constructor(page) {
    this.#page = page;
  }

  /** Does something, one thing at a time; a problem is kept to be shown. @param {() => Promise<void>} act */
  async run(act) {
    if (this.busy) {
      return;
    }
    this.busy = true;
    this.problem = null;
    this.#page.refresh();
    const { party } = this.#page;
    try {
      await act();
    } catch (problem) {
      this.problem = problem;
      endSession(this.#page, party, problem);
    } finally {
      this.busy = false;
      this.#page.refresh();
    }
  }

  /** What went wrong. */
  get box() {
    return problemBox(this.#page, this.problem);
  }
}

/** What a form's fields say. @param {Event} event */
export function valuesOf(event) {
  event.preventDefault();
  const entries = new FormData(/** @type {HTMLFormElement} */ (event.target)).entries();
  return /** @type {Record<string, string>} */ (Object.fromEntries(entries));
}

/** Whether a problem is that the session has ended. @param {unknown} problem */
export const isSessionEnd = (problem) => problem instanceof Problem && problem.status === 401;

// Where a session has ended, the page asks for a sign-in and then goes on at the same place.
/** @param {Page} page @param {Page["party"]} party Who was signed in when the work began. @param {unknown} problem */
function endSession(page, party, problem) {
  if (isSessionEnd(problem) && party !== null && page.party === party) {
    page.party = null;
    page.session.forget();
    page.go(`sign-in/${encodeURIComponent(location.hash.replace(/^#\/?/, ""))}`);
  }
}

/** @param {Page} page @param {string} text */
async function copy(page, text) {
  await navigator.clipboard?.writeText(text).catch(() => undefined);
  page.announce(page.say("id.copied"));
}
