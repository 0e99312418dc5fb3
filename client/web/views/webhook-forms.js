// @ts-check
// How a webhook is registered: a server by its address, or a queue by its ARN and a role's; and what the answer gives.

import { html, nothing } from "lit-html";
import { field, valuesOf } from "./parts.js";

/** @typedef {import("../app/page.js").Page} Page */
/** @typedef {{ webhookId: string, secret: string, account?: string | null, externalId?: string | null }} Grant */

/**
 * The two forms.
 * @param {Page} page @param {import("./parts.js").Work} work @param {(order: Record<string, string>) => void} add Is given the request.
 */
export function webhookForms(page, work, add) {
  /** @param {Event} event */
  const submit = (event) => add(Object.fromEntries(Object.entries(valuesOf(event)).map(([name, value]) => [name, value.trim()])));
  return html`
    <form @submit=${submit}>
      <h2>${page.say("webhooks.add")}</h2>
      ${field(page.say("webhooks.url"), { name: "url", type: "url", hint: page.say("webhooks.urlHint") })}
      <p class="actions"><button class="button" ?disabled=${work.busy}>${page.say("webhooks.add")}</button></p>
    </form>
    <form @submit=${submit}>
      <h2>${page.say("webhooks.addQueue")}</h2>
      <p>${page.say("webhooks.queueWhat")}</p>
      ${field(page.say("webhooks.queue"), { name: "queue", hint: page.say("webhooks.queueHint") })}
      ${field(page.say("webhooks.role"), { name: "role", hint: page.say("webhooks.roleHint") })}
      <p class="actions"><button class="button" ?disabled=${work.busy}>${page.say("webhooks.addQueue")}</button></p>
    </form>
  `;
}

/** What is shown once: the secret, and of a queue what its role must trust. @param {Page} page @param {Grant} grant */
export const grantText = (page, { secret, account, externalId }) => html`<div class="notice">
  <p>${page.say("webhooks.secret")} <code>${secret}</code></p>
  ${
    account && externalId
      ? html`<p>${page.say("webhooks.externalId")} <code>${externalId}</code></p>
          <p>${page.say("webhooks.trust")}</p>
          <p><code class="trust">${JSON.stringify(trustOf(account, externalId))}</code></p>`
      : nothing
  }
</div>`;

/** The trust policy of the role, as IAM takes it. @param {string} account @param {string} externalId */
const trustOf = (account, externalId) => ({
  Version: "2012-10-17",
  Statement: [
    {
      Effect: "Allow",
      Principal: { AWS: account },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "sts:ExternalId": externalId } },
    },
  ],
});
