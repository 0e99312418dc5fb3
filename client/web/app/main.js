// @ts-check
// Starts the page, and shows the view that the address names.

import { html, render } from "lit-html";
import { Texts } from "../texts/texts.js";
import { problemBox } from "../views/parts.js";
import { shell } from "../views/shell.js";
import { Page } from "./page.js";
import { openView } from "./routes.js";

/** @type {Page | null} */
let page = null;
/** @type {import("./page.js").View | null} */
let view = null;
/** @type {Page["party"]} Who was signed in when the view was opened; it is drawn for nobody else. */
let reader = null;
let isAsked = false;
let shown = 0;

// Whoever looks at the address need not see the code of a link of the vault. The browser may have noted the visit before.
let hash = location.hash;
const takeHash = () => {
  hash = location.hash;
  if (/^#[^/]/.test(hash)) {
    history.replaceState(null, "", "#/open");
  }
};
takeHash();
// From the beginning: who goes elsewhere while the page is being opened must come there.
addEventListener("hashchange", () => {
  takeHash();
  show();
});

const root = /** @type {HTMLElement} */ (document.getElementById("page"));
// Nothing waits for the words that does not need them.
const reading = Texts.read();

// Many changes within one frame are one drawing.
function refresh() {
  if (!isAsked) {
    isAsked = true;
    requestAnimationFrame(draw);
  }
}

function draw() {
  isAsked = false;
  if (page !== null && view !== null && page.party === reader) {
    document.title = `${view.title} – FairShare`;
    render(shell(page, view), root);
  }
}

// A part of the page that could not be fetched must not leave the view before it there, closed.
/** @param {Page} page @returns {Promise<import("./page.js").View>} */
async function openOrSayWhy(page) {
  try {
    return await openView(page, hash);
  } catch (problem) {
    return { title: "FairShare", render: () => problemBox(page, problem) };
  }
}

async function show() {
  if (page === null) {
    return;
  }
  view?.close?.();
  view = null;
  const turn = ++shown;
  const { party } = page;
  const opened = await openOrSayWhy(page);
  // Who has gone on meanwhile, to a view that opened sooner, is not taken back.
  if (turn !== shown) {
    opened.close?.();
    return;
  }
  [view, reader] = [opened, party];
  draw();
  const heading = /** @type {HTMLElement | null} */ (root.querySelector("h1"));
  heading?.focus({ preventScroll: true });
  scrollTo(0, 0);
}

try {
  page = await Page.open(reading, refresh);
  document.documentElement.lang = page.texts.language;
  await show();
  root.setAttribute("data-ready", "");
  const { removeOldFiles } = await import("../transfer/place.js");
  await removeOldFiles(Date.now());
} catch (problem) {
  const texts = await reading;
  document.documentElement.lang = texts.language;
  const words = { texts, say: (/** @type {string} */ key) => texts.say(key) };
  render(
    html`<main>
      <h1>FairShare</h1>
      ${problemBox(/** @type {any} */ (words), problem)}
    </main>`,
    root,
  );
}
