// @ts-check
// Which view an address names: `#/exchange/ID` is the view of an exchange. A view is fetched when it is first opened.

import { homeView } from "../views/home.js";

/** @typedef {import("./page.js").Page} Page */
/** @typedef {(page: Page, argument: string) => Promise<import("./page.js").View> | import("./page.js").View} Opening */

/** @type {Record<string, Opening>} */
const open = {
  "": homeView,
  "sign-in": signIn,
  register: async (page) => (await import("../views/register.js")).registerView(page),
  recover: async (page) => (await import("../views/recover.js")).recoverView(page),
  open: async (page) => (await import("../views/vault-open.js")).vaultOpenView(page, ""),
  audit: async (page) => (await import("../views/audit.js")).auditView(page),
  evidence: async (page) => (await import("../views/evidence.js")).evidenceView(page),
};

/** @type {Record<string, Opening>} */
const forParties = {
  keys: async (page) => (await import("../views/keys.js")).keysView(page),
  send: async (page) => (await import("../views/send.js")).sendView(page),
  "for-me": async (page) => (await import("../views/for-me.js")).forMeView(page),
  sent: async (page) => (await import("../views/lists.js")).sentView(page),
  received: async (page) => (await import("../views/lists.js")).receivedView(page),
  receipts: async (page) => (await import("../views/lists.js")).receiptsView(page),
  exchange: async (...given) => (await import("../views/exchange.js")).exchangeView(...given),
  notices: async (page) => (await import("../views/notices.js")).noticesView(page),
  vault: async (page) => (await import("../views/vault.js")).vaultView(page),
  webhooks: async (page) => (await import("../views/webhooks.js")).webhooksView(page),
};

/** @type {Opening} */
async function signIn(page, next) {
  return (await import("../views/sign-in.js")).signInView(page, next);
}

/** Opens the view of an address; what needs a sign-in asks for one first, and goes on there. @param {Page} page @param {string} hash */
export function openView(page, hash) {
  // The code of a link: https://HOST/v#CODE. Every other view's address begins with a slash.
  if (/^#[^/]/.test(hash)) {
    return import("../views/vault-open.js").then(({ vaultOpenView }) => vaultOpenView(page, hash.slice(1)));
  }
  const [name, argument = ""] = hash.replace(/^#\/?/, "").split("/");
  if (Object.hasOwn(forParties, name)) {
    return page.party === null ? signIn(page, encodeURIComponent(hash.replace(/^#\/?/, ""))) : forParties[name](page, argument);
  }
  return (Object.hasOwn(open, name) ? open[name] : homeView)(page, argument);
}
