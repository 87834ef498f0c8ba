// What is typed is kept on the server; where that fails, on this device until it works again.
import { post } from "heard/ask";

const PAUSE_MS = 800;
const language = (panel) => panel.querySelector('[name="language"]')?.value ?? "";
// An empty box has nothing to keep, in whatever language.
const said = (panel) => {
  const text = panel.querySelector("textarea").value;
  return text && `${language(panel)} ${text}`;
};
const place = (panel) => `heard-draft:${panel.action.split("?")[0]}:${panel.dataset.mode}`;

export class Drafts {
  #timers = new WeakMap();
  #kept = new WeakMap();
  #busy = new WeakMap();

  constructor(composer) {
    this.composer = composer;
  }

  begin(panel) {
    const text = panel.querySelector("textarea");
    this.#kept.set(panel, said(panel));
    const here = this.#onDevice(panel);
    if (here && !text.value) text.value = here;
    else localStorage.removeItem(place(panel));
  }

  later(panel) {
    clearTimeout(this.#timers.get(panel));
    this.#timers.set(panel, setTimeout(() => this.keep(panel), PAUSE_MS));
  }

  async keep(panel, options = {}) {
    clearTimeout(this.#timers.get(panel));
    const text = panel.querySelector("textarea").value;
    if (this.#kept.get(panel) === said(panel) || panel.hasAttribute("data-sent")) return;
    // A button that is disabled while it translates loses the focus: no reason to keep what it is about to change.
    if (this.#busy.has(panel) || panel.hasAttribute("aria-busy")) return this.later(panel);
    const sending = this.#send(panel, text, options);
    this.#busy.set(panel, sending);
    await sending;
    this.#busy.delete(panel);
  }

  async settled(panel) {
    clearTimeout(this.#timers.get(panel));
    await this.#busy.get(panel);
  }

  async #send(panel, text, options) {
    const { mode, version } = panel.dataset;
    const to = panel.querySelector('[name="to"]')?.value ?? "";
    const via = panel.querySelector('[name="via"]')?.value ?? "";
    const now = said(panel);
    this.#say(panel, "keeping");
    try {
      const answer = await post(this.composer.dataset.draft, { mode, text, version, to, via, language: language(panel) }, options);
      if (answer.status === 409) return this.#conflict(panel, await answer.text());
      if (!answer.ok) throw new Error(answer.status);
      panel.dataset.version = (await answer.json()).version;
      this.#kept.set(panel, now);
      localStorage.removeItem(place(panel));
      this.#say(panel, text ? "kept" : "");
    } catch {
      localStorage.setItem(place(panel), text);
      this.#say(panel, "notKept");
      document.dispatchEvent(new CustomEvent("heard:away"));
    }
  }

  #conflict(panel, html) {
    this.composer.showConflict(panel, html);
    this.#say(panel, "");
  }

  // Take over what stands elsewhere, or write over it on purpose.
  resolve(panel, version, text) {
    panel.dataset.version = version;
    if (text !== undefined) {
      panel.querySelector("textarea").value = text;
      this.#kept.set(panel, said(panel));
    } else this.keep(panel);
  }

  forget(panel) {
    clearTimeout(this.#timers.get(panel));
    localStorage.removeItem(place(panel));
  }

  #onDevice(panel) {
    return localStorage.getItem(place(panel));
  }

  #say(panel, what) {
    const mark = panel.querySelector("[data-kept-mark]");
    mark.textContent = what ? this.composer.dataset[what] : "";
  }
}
