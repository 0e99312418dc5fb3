// @ts-check
// What an auditor sees without any right: the public log, compared with what this browser saw before, and an audit's files, which are
// read here and sent nowhere.

import { html, nothing } from "lit-html";
import { countOf, endingsOf, states } from "../audit/endings.js";
import { readLog } from "../audit/log.js";
import { readReport } from "../audit/report.js";
import { keepSight, longest, readSights } from "../audit/sights.js";
import { bars, line } from "./charts.js";
import { dropFiles } from "./drop-zone.js";
import { timeText, Work } from "./parts.js";

/** @typedef {import("../app/page.js").Page} Page */
/** @typedef {import("../audit/log.js").Finding} Finding */

/** @type {Record<string, string>} */
const tones = { Completed: "proven", Declined: "waiting", Expired: "waiting" };
const shownFindings = 100;
const shownDays = 31;

/** @param {Page} page */
export async function auditView(page) {
  const [logWork, fileWork] = [new Work(page), new Work(page)];
  /** @type {import("../audit/log.js").Reading | null} */
  let log = null;
  /** @type {import("../audit/log.js").Sight[]} */
  let sights = [];
  /** @type {{ findings?: Finding[], exchanges?: import("../audit/report.js").Ended[] }} */
  let report = {};

  const look = () =>
    logWork.run(async () => {
      const key = page.service.log.keys[0] ?? "";
      sights = await readSights(page.database);
      log = await readLog(page.api, key, longest(sights));
      const { sight } = log;
      if (sight !== null) {
        // Where nothing can be kept, what was seen now is shown all the same.
        sights = await keepSight(page.database, sights, sight).catch(() => [...sights, sight]);
      }
      page.announce(page.say(verdictOf(log)));
    });

  /** @param {File[]} files */
  const take = (files) =>
    fileWork.run(async () => {
      report = {};
      for (const file of files) {
        report = { ...report, ...(await readReport(file)) };
      }
      page.announce(page.say("audit.read"));
    });

  await look();
  return {
    title: page.say("view.audit"),
    render: () => html`
      <p>${page.say("audit.what")}</p>
      <h2>${page.say("audit.log")}</h2>
      ${logWork.box} ${log === null ? nothing : logPart(page, log, sights)}
      <p class="actions"><button type="button" ?disabled=${logWork.busy} @click=${look}>${page.say("audit.again")}</button></p>
      <h2>${page.say("audit.report")}</h2>
      <p>${page.say("audit.reportWhat")}</p>
      ${dropFiles(page, "report", page.say("audit.drop"), take)} ${fileWork.box}
      ${report.exchanges === undefined ? nothing : exchangePart(page, report.exchanges)}
      ${report.findings === undefined ? nothing : findingPart(page, report.findings)}
    `,
  };
}

// A log that shows no checkpoint, and was never seen with one, has not been looked at: that is no good sign, and no bad one.
/** @param {import("../audit/log.js").Reading} log */
const verdictOf = (log) => (log.findings.length > 0 ? "audit.broken" : log.sight === null ? "audit.none" : "audit.holds");

/** @param {Page} page @param {import("../audit/log.js").Reading} log @param {import("../audit/log.js").Sight[]} sights */
function logPart(page, log, sights) {
  const size = log.sight?.size ?? log.read;
  const endings = endingsOf(log.kinds).map(([state, count]) => ({ label: labelOf(page, state), count, tone: tones[state] }));
  return html`
    ${
      log.findings.length === 0
        ? html`<p class=${log.sight === null ? "hint" : "proven"}>${page.say(verdictOf(log))}</p>`
        : html`<div class="problem" role="alert">
            <p>${page.say(verdictOf(log))}</p>
            ${findingList(log.findings)}
          </div>`
    }
    ${log.read < size ? html`<p class="hint">${page.say("audit.newest", { count: page.texts.number(log.read) })}</p>` : nothing}
    ${bars(page, { title: page.say("audit.endings"), what: page.say("audit.ending") }, endings)}
    <p class="hint">${page.say("audit.endingsHint")}</p>
    ${
      sights.length === 0
        ? nothing
        : line(
            page,
            { title: page.say("audit.growth"), what: page.say("audit.seen") },
            sights.map(({ at, size: count }) => ({ at, count })),
          )
    }
    ${log.sight === null ? nothing : html`<p class="hint">${page.say("audit.growthHint")} ${timeText(page, log.sight.at)}</p>`}
  `;
}

// An abort of an exchange and a document that is taken back leave the same kind of entry.
/** @param {Page} page @param {string} state */
const labelOf = (page, state) => page.say(state === "Aborted" ? "audit.aborted" : `state.${state}`);

/** @param {Page} page @param {import("../audit/report.js").Ended[]} exchanges */
function exchangePart(page, exchanges) {
  const counts = countOf(exchanges.map(({ state }) => state)).map(([state, count]) => ({
    label: states.includes(state) ? page.say(`state.${state}`) : state,
    count,
    tone: tones[state],
  }));
  const days = countOf(exchanges.map(({ day }) => day))
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .slice(-shownDays)
    .map(([label, count]) => ({ label, count }));
  return html`
    ${bars(page, { title: page.say("audit.reported"), what: page.say("audit.ending") }, counts)}
    ${bars(page, { title: page.say("audit.days", { days: shownDays }), what: page.say("audit.day") }, days)}
  `;
}

/** @param {Page} page @param {Finding[]} findings */
function findingPart(page, findings) {
  if (findings.length === 0) {
    return html`<p class="proven">${page.say("audit.noFindings")}</p>`;
  }
  const counts = countOf(findings.map(({ code }) => code)).map(([label, count]) => ({ label, count, tone: "failed" }));
  const left = findings.length - shownFindings;
  return html`
    ${bars(page, { title: page.say("audit.findings"), what: page.say("audit.finding") }, counts)}
    ${findingList(findings.slice(0, shownFindings))}
    ${left > 0 ? html`<p class="hint">${page.say("audit.more", { count: page.texts.number(left) })}</p>` : nothing}
  `;
}

// A finding is the auditor's own words, and is not translated.
/** @param {Finding[]} findings */
const findingList = (findings) => html`<ul class="rows">
  ${findings.map(({ code, subject, detail }) => html`<li><code>${code}</code> <bdi>${subject}</bdi><br /><bdi lang="en">${detail}</bdi></li>`)}
</ul>`;
