// @ts-check
// Which view an address names: `#/exchange/ID` is the view of an exchange.

import { evidenceView } from "../views/evidence.js";
import { exchangeView } from "../views/exchange.js";
import { forMeView } from "../views/for-me.js";
import { homeView } from "../views/home.js";
import { keysView } from "../views/keys.js";
import { receiptsView, receivedView, sentView } from "../views/lists.js";
import { noticesView } from "../views/notices.js";
import { recoverView } from "../views/recover.js";
import { registerView } from "../views/register.js";
import { sendView } from "../views/send.js";
import { signInView } from "../views/sign-in.js";
import { webhooksView } from "../views/webhooks.js";

/** @typedef {import("./page.js").Page} Page */
/** @typedef {(page: Page, argument: string) => Promise<import("./page.js").View> | import("./page.js").View} Opening */

/** @type {Record<string, Opening>} */
const open = { "": homeView, "sign-in": signInView, register: registerView, recover: recoverView, evidence: evidenceView };

/** @type {Record<string, Opening>} */
const forParties = {
  ...{ keys: keysView, send: sendView, "for-me": forMeView, sent: sentView, received: receivedView, receipts: receiptsView },
  ...{ exchange: exchangeView, notices: noticesView, webhooks: webhooksView },
};

/** Opens the view of an address; what needs a sign-in asks for one first, and goes on there. @param {Page} page @param {string} hash */
export function openView(page, hash) {
  const [name, argument = ""] = hash.replace(/^#\/?/, "").split("/");
  if (Object.hasOwn(forParties, name)) {
    return page.party === null ? signInView(page, encodeURIComponent(hash.replace(/^#\/?/, ""))) : forParties[name](page, argument);
  }
  return (Object.hasOwn(open, name) ? open[name] : homeView)(page, argument);
}
