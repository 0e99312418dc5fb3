// @ts-check
// What was being sent when the session ended: it is there again after the sign-in, for the same party, unless the page was reloaded.

/** @typedef {import("../app/page.js").Page} Page */
/**
 * @typedef {{ file: File, upload: string | null }} Interrupted The file under way, and the upload that had begun of it, if any.
 * @typedef {{ party: string, files: File[], audience: string[], disclosed: boolean, interrupted: Interrupted | null }} Draft
 */

/** @type {WeakMap<Page, Draft>} */
const drafts = new WeakMap();

/** @param {Page} page @param {Draft} draft */
export const keepDraft = (page, draft) => void drafts.set(page, draft);

/** Takes what was kept; another party gets nothing, and then it is gone. @param {Page} page @param {string} party @returns {Draft | null} */
export function takeDraft(page, party) {
  const draft = drafts.get(page);
  drafts.delete(page);
  return draft?.party === party ? draft : null;
}
