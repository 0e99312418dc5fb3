// @ts-check
// What went wrong, with the stable code by which the page finds its words.

/** A refusal of the service, of the user pool or of the page itself. */
export class Problem extends Error {
  /**
   * @param {string} code Stable: that of the service, or one of the page's own.
   * @param {string} detail One sentence for people, in English.
   * @param {number} [status] The HTTP status; 0 where nothing answered.
   */
  constructor(code, detail, status = 0) {
    super(detail);
    this.code = code;
    this.status = status;
  }
}

/** What was stopped goes no further, and a listener that comes after it would never hear of it. @param {AbortSignal} [signal] @throws {Problem} `stopped` */
export function requireRunning(signal) {
  if (signal?.aborted) {
    throw new Problem("stopped", "It was stopped.");
  }
}

/** What a refusal's body says. @param {Response} response @returns {Promise<Problem>} */
export async function readProblem(response) {
  const body = await response.json().catch(() => null);
  const detail = body?.detail ?? body?.title ?? `The service answered with HTTP status ${response.status}.`;
  return new Problem(body?.code ?? `http-${response.status}`, detail, response.status);
}
