// @ts-check
// The page's words, in the reader's language. Evidence is never translated.

/** The languages that there are, by their own names. */
export const languages = { en: "English", de: "Deutsch" };

const storageKey = "fairshare.language";

/** The words of one language. */
export class Texts {
  #words;

  /** @param {string} language @param {Record<string, string>} words */
  constructor(language, words) {
    this.language = language;
    this.#words = words;
  }

  /** Reads the language that was chosen, or else the browser's, or else English. */
  static async read() {
    const wanted = [localStorage.getItem(storageKey) ?? "", ...navigator.languages.map((tag) => tag.split("-")[0])];
    const language = wanted.find((tag) => Object.hasOwn(languages, tag)) ?? "en";
    const response = await fetch(`texts/${language}.json`);
    return new Texts(language, await response.json());
  }

  /** Chooses a language for this browser. @param {string} language */
  static choose(language) {
    localStorage.setItem(storageKey, language);
  }

  /** Whether there are words for a key. @param {string} key */
  has(key) {
    return Object.hasOwn(this.#words, key);
  }

  /** The words for a key, with values in the place of `{name}`. @param {string} key @param {Record<string, string | number>} [values] */
  say(key, values = {}) {
    return (this.#words[key] ?? key).replace(/\{(\w+)\}/g, (place, name) => String(values[name] ?? place));
  }

  /** An instant, in the reader's time zone. @param {string | number} at */
  time(at) {
    return new Intl.DateTimeFormat(this.language, { dateStyle: "medium", timeStyle: "medium" }).format(new Date(at));
  }

  /** A number. @param {number} value */
  number(value) {
    return new Intl.NumberFormat(this.language).format(value);
  }

  /** A number of octets. @param {number} octets */
  size(octets) {
    const units = ["byte", "kilobyte", "megabyte", "gigabyte"];
    const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(octets, 1)) / 3)));
    const format = { style: "unit", unit: units[power], unitDisplay: power === 0 ? "long" : "short", maximumFractionDigits: 1 };
    return new Intl.NumberFormat(this.language, /** @type {any} */ (format)).format(octets / 1000 ** power);
  }

  /** What is left until an instant, as hours, minutes and seconds. @param {number} milliseconds */
  duration(milliseconds) {
    const seconds = Math.max(0, Math.floor(milliseconds / 1000));
    const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
    return [hours, minutes, seconds % 60].map((number) => String(number).padStart(2, "0")).join(":");
  }
}
