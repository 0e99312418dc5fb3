// @ts-check
// A place to drop files on, which is a file field for everybody else.

import { html } from "lit-html";

/** For one file. @param {import("../app/page.js").Page} page @param {string} id @param {string} label @param {(file: File) => void} take */
export const dropZone = (page, id, label, take) => zone(page, id, label, false, (files) => take(files[0]));

/** For some. @param {import("../app/page.js").Page} page @param {string} id @param {string} label @param {(files: File[]) => void} take */
export const dropFiles = (page, id, label, take) => zone(page, id, label, true, take);

/**
 * @param {import("../app/page.js").Page} page
 * @param {string} id
 * @param {string} label
 * @param {boolean} many
 * @param {(files: File[]) => void} take Is given one at least.
 */
function zone(page, id, label, many, take) {
  /** @param {FileList | null | undefined} files */
  const pick = (files) => {
    if (files && files.length > 0) {
      take([...files]);
      page.refresh();
    }
  };
  /** @param {DragEvent} event */
  const drop = (event) => {
    event.preventDefault();
    pick(event.dataTransfer?.files);
  };
  /** @param {Event} event */
  const change = (event) => pick(/** @type {HTMLInputElement} */ (event.target).files);
  return html`<div class="drop" @dragover=${(/** @type {Event} */ event) => event.preventDefault()} @drop=${drop}>
    <label for=${id}>${label}</label>
    <input type="file" id=${id} ?multiple=${many} @change=${change} />
  </div>`;
}
