// @ts-check
// Charts as SVG, each with the same numbers as a table beneath for whoever reads or hears them.

import { html, svg } from "lit-html";

/** @typedef {import("../app/page.js").Page} Page */

const [width, barHeight, rowHeight, height] = [400, 14, 38, 140];

/**
 * Bars, one a row.
 * @param {Page} page @param {{ title: string, what: string }} words @param {{ label: string, count: number, tone?: string }[]} rows
 */
export function bars(page, words, rows) {
  const most = Math.max(1, ...rows.map(({ count }) => count));
  const drawn = rows.map(
    ({ label, count, tone = "" }, row) => svg`
      <text x="0" y=${row * rowHeight + 13}>${label}</text>
      <text x=${width} y=${row * rowHeight + 13} text-anchor="end">${page.texts.number(count)}</text>
      <rect class="bar ${tone}" x="0" y=${row * rowHeight + 18} width=${(width * count) / most} height=${barHeight} />`,
  );
  const named = rows.map(({ label, count }) => [label, page.texts.number(count)]);
  return figure(page, words, rows.length * rowHeight, drawn, named);
}

/**
 * A line over time.
 * @param {Page} page @param {{ title: string, what: string }} words @param {{ at: string, count: number }[]} points The oldest first.
 */
export function line(page, words, points) {
  const times = points.map(({ at }) => Date.parse(at));
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const most = Math.max(1, ...points.map(({ count }) => count));
  const places = points.map(({ count }, index) => ({
    x: last === first ? width / 2 : 6 + ((width - 12) * ((times[index] ?? 0) - first)) / (last - first),
    y: height - 6 - ((height - 26) * count) / most,
  }));
  const drawn = [
    svg`<text x="0" y="13">${page.texts.number(most)}</text>`,
    svg`<line class="axis" x1="0" y1=${height - 6} x2=${width} y2=${height - 6} />`,
    svg`<polyline class="line" points=${places.map(({ x, y }) => `${x},${y}`).join(" ")} />`,
    ...places.map(({ x, y }) => svg`<circle class="bar" cx=${x} cy=${y} r="4" />`),
  ];
  const named = points.map(({ at, count }) => [page.texts.time(at), page.texts.number(count)]);
  return figure(page, words, height, drawn, named);
}

/** @param {Page} page @param {{ title: string, what: string }} words @param {number} tall @param {unknown[]} drawn @param {string[][]} named */
const figure = (page, { title, what }, tall, drawn, named) => html`
  <figure>
    <figcaption>${title}</figcaption>
    <svg class="chart" viewBox="0 0 ${width} ${tall}" role="img" aria-label=${title}>${drawn}</svg>
    <details>
      <summary>${page.say("audit.table", { title })}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">${what}</th>
            <th scope="col" class="number">${page.say("audit.count")}</th>
          </tr>
        </thead>
        <tbody>
          ${named.map(
            ([name, count]) =>
              html`<tr>
                <th scope="row">${name}</th>
                <td class="number">${count}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </details>
  </figure>
`;
