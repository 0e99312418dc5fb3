// @ts-check
// What this is, and what to do first.

import { html } from "lit-html";

/** @param {import("../app/page.js").Page} page */
export const homeView = (page) => ({
  title: page.say("home.title"),
  render: () => html`
    <p class="lead">${page.say("home.lead")}</p>
    <p>${page.say("home.how")}</p>
    <p class="actions">
      ${
        page.party === null
          ? html`<a class="button" href="#/sign-in">${page.say("view.sign-in")}</a> <a href="#/register">${page.say("view.register")}</a>`
          : html`<a class="button" href="#/send">${page.say("view.send")}</a> <a href="#/for-me">${page.say("view.for-me")}</a>`
      }
    </p>
    <p>${page.say("home.evidence")} <a href="#/evidence">${page.say("view.evidence")}</a></p>
  `,
});
