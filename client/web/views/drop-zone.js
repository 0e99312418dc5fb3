// @ts-check
// A place to drop a file on, which is a file field for everybody else.

import { html } from "lit-html";

/** @param {import("../app/page.js").Page} page @param {string} id @param {string} label @param {(file: File) => void} take */
export function dropZone(page, id, label, take) {
  /** @param {File | null | undefined} file */
  const pick = (file) => {
    if (file) {
      take(file);
      page.refresh();
    }
  };
  /** @param {DragEvent} event */
  const drop = (event) => {
    event.preventDefault();
    pick(event.dataTransfer?.files[0]);
  };
  /** @param {Event} event */
  const change = (event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    pick(input.files?.[0]);
  };
  return html`<div class="drop" @dragover=${(/** @type {Event} */ event) => event.preventDefault()} @drop=${drop}>
    <label for=${id}>${label}</label>
    <input type="file" id=${id} @change=${change} />
  </div>`;
}
