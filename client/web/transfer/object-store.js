// @ts-check
// Requests to the object store by presigned URLs.

import { Problem, requireRunning } from "../service/problem.js";

// The browser sets these itself, and lets no page do so.
const forbidden = ["host", "content-length"];

/**
 * Sends octets, with progress, which `fetch` does not tell.
 * @param {{ method: string, url: string, headers?: Record<string, string> | null }} way
 * @param {Blob | string} body
 * @param {(sent: number) => void} progress
 * @param {AbortSignal} [signal]
 * @returns {Promise<{ text: string, header: (name: string) => string | null }>}
 * @throws {Problem} The object store's own code, or `unreachable`.
 */
export function send({ method, url, headers }, body, progress, signal) {
  return new Promise((resolve, reject) => {
    requireRunning(signal);
    const request = new XMLHttpRequest();
    request.open(method, url);
    for (const [name, value] of Object.entries(headers ?? {}).filter(([name]) => !forbidden.includes(name.toLowerCase()))) {
      request.setRequestHeader(name, value);
    }
    request.upload.onprogress = ({ loaded }) => progress(loaded);
    request.onload = () =>
      request.status < 300
        ? resolve({ text: request.responseText, header: (name) => request.getResponseHeader(name) })
        : reject(problemOf(request.responseText, request.status));
    request.onerror = () => reject(new Problem("unreachable", "The object store cannot be reached."));
    request.onabort = () => reject(new Problem("stopped", "It was stopped."));
    signal?.addEventListener("abort", () => request.abort());
    request.send(body);
  });
}

/** The parts that an upload has: checksum and tag by number. @param {string} url @returns {Promise<Map<number, { checksum: string, tag: string }>>} */
export async function listParts(url) {
  const response = await fetch(url, { credentials: "omit", referrerPolicy: "no-referrer" }).catch(() => null);
  if (response === null) {
    throw new Problem("unreachable", "The object store cannot be reached.");
  }
  const text = await response.text();
  if (!response.ok) {
    throw problemOf(text, response.status);
  }
  const parts = [...text.matchAll(/<Part>(.*?)<\/Part>/gs)].map(([, part]) => part);
  return new Map(
    parts.map((part) => [Number(member(part, "PartNumber")), { checksum: member(part, "ChecksumSHA256"), tag: member(part, "ETag") }]),
  );
}

/** Joins the parts. @param {any} way @param {{ number: number, checksum: string, tag: string }[]} parts @returns {Promise<string>} The version. */
export async function completeUpload(way, parts) {
  const rows = parts.map(
    ({ number, checksum, tag }) =>
      `<Part><PartNumber>${number}</PartNumber><ETag>${escape(tag)}</ETag><ChecksumSHA256>${escape(checksum)}</ChecksumSHA256></Part>`,
  );
  const body = `<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${rows.join("")}</CompleteMultipartUpload>`;
  const request = { method: "POST", url: way.completeUrl, headers: { "content-type": "application/xml", ...way.completeHeaders } };
  const answer = await send(request, body, () => undefined);
  // The object store may find out only after it has answered 200, and then says so in the body.
  if (!answer.text.includes("<CompleteMultipartUploadResult")) {
    throw problemOf(answer.text, 200);
  }
  return versionOf(answer);
}

/** @param {{ header: (name: string) => string | null }} answer */
export function versionOf(answer) {
  const version = answer.header("x-amz-version-id");
  if (version === null) {
    throw new Problem("missing-version", "The object store took the document and did not say its version.");
  }
  return version;
}

/** @param {string} text @param {number} status */
export const problemOf = (text, status) =>
  new Problem(
    member(text, "Code") || `http-${status}`,
    member(text, "Message") || `The object store answered with HTTP status ${status}.`,
    status,
  );

const entities = /** @type {Record<string, string>} */ ({ "&quot;": '"', "&amp;": "&", "&lt;": "<", "&gt;": ">", "&#34;": '"' });

/** @param {string} text @param {string} name */
const member = (text, name) =>
  (new RegExp(`<${name}>(.*?)</${name}>`, "s").exec(text)?.[1] ?? "").replace(/&(quot|amp|lt|gt|#34);/g, (entity) => entities[entity]);

/** @param {string} text */
const escape = (text) => text.replace(/[&<>"]/g, (symbol) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[symbol] ?? "");
