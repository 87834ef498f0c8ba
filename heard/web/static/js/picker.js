// <heard-picker>: "/" at the start of a word opens the saved replies; what is chosen goes where the cursor stood.
import { csrf } from "heard/ask";
import { parsed } from "heard/patch";

const PAUSE_MS = 90;
const EDGE = 8;
const GAP = 4;
// As the server names them: a placeholder that nobody has filled in.
const BLANK = /\{[a-z][a-z_.:0-9]*\}/g;
const PARAGRAPHS = new Set(["greeting", "answer", "closing"]);
const place = new CSSStyleSheet();
document.adoptedStyleSheets.push(place);

class Picker extends HTMLElement {
  connectedCallback() {
    this.words = this.querySelector(".picker-words");
    this.rows = this.querySelector(".picker-rows");
    this.preview = this.querySelector(".picker-preview");
    this.find = this.querySelector(".picker-find");
    this.one = this.querySelector(".picker-one");
    for (const type of ["input", "change", "keydown", "click", "submit"]) this.addEventListener(type, this);
    this.addEventListener("toggle", ({ newState }) => newState === "closed" && this.#closed());
  }

  disconnectedCallback() {
    this.asking?.abort();
  }

  handleEvent(event) {
    if (event.type === "input" && event.target === this.words) this.#later(() => this.#load());
    if (event.type === "input" && this.one.contains(event.target)) this.#later(() => this.#fill());
    if (event.type === "change" && event.target.matches(".picker-switches select")) this.#switch(event.target);
    if (event.type === "change" && event.target.closest(".picker-form")) this.#fill();
    if (event.type === "keydown") this.#key(event);
    if (event.type === "click") this.#use(event.target.closest("[role=option]"));
    if (event.type === "submit") this.#insertFilled(event);
  }

  // The text keeps its selection meanwhile, so that nothing is lost by looking.
  open(text) {
    this.text = text;
    this.cursor = [text.selectionStart, text.selectionEnd];
    this.switched = {};
    this.words.value = "";
    this.rows.replaceChildren();
    this.preview.replaceChildren();
    this.#show(this.find);
    this.#place();
    this.showPopover();
    this.#place();
    this.words.focus();
    this.answered = null;
    this.#load();
  }

  #closed() {
    clearTimeout(this.timer);
    this.asking?.abort();
    if (!this.text?.isConnected) return;
    this.text.focus();
    if (this.cursor) this.text.setSelectionRange(...this.cursor);
    this.cursor = null;
  }

  // To where the cursor stood, at once: what comes next is put there.
  #leave() {
    const cursor = this.cursor;
    this.cursor = null;
    this.hidePopover();
    this.text.focus();
    this.text.setSelectionRange(...cursor);
  }

  #show(part) {
    this.find.hidden = part !== this.find;
    this.one.hidden = part !== this.one;
  }

  // Above what is being written, and as wide.
  #place() {
    const box = this.text.closest(".panel").getBoundingClientRect();
    const width = Math.min(innerWidth - 2 * EDGE, Math.max(box.width, 300));
    const left = Math.min(Math.max(EDGE, box.left), innerWidth - width - EDGE);
    const above = Math.max(box.top - GAP - EDGE, 0);
    const fits = above >= 260;
    const bottom = fits ? innerHeight - box.top + GAP : EDGE;
    const height = fits ? above : innerHeight - 2 * EDGE;
    place.replaceSync(
      `heard-picker:popover-open { left: ${left}px; width: ${width}px; bottom: ${bottom}px; max-height: min(${height}px, 520px) }`,
    );
  }

  #later(run) {
    clearTimeout(this.timer);
    this.timer = setTimeout(run, PAUSE_MS);
  }

  get #asked() {
    const panel = this.text.closest(".panel");
    const given = (name) => panel.querySelector(`[name="${name}"]`)?.value ?? "";
    const asked = { mode: panel.dataset.mode, to: given("to"), via: given("via"), language: given("language") };
    return { ...asked, ...this.switched, q: this.words.value };
  }

  async #ask(url, options = {}) {
    this.asking?.abort();
    this.asking = new AbortController();
    const headers = { "HX-Request": "true", "X-CSRFToken": csrf() };
    try {
      const answer = await fetch(url, { headers, signal: this.asking.signal, ...options });
      if (!answer.ok) throw new Error(answer.status);
      return await answer.text();
    } catch (problem) {
      if (problem.name !== "AbortError") document.dispatchEvent(new CustomEvent("heard:away"));
      return null;
    }
  }

  async #load() {
    const asked = this.#asked;
    const html = await this.#ask(`${this.dataset.url}?${new URLSearchParams(asked)}`);
    if (html === null) return;
    this.rows.replaceChildren(parsed(html));
    this.answered = asked.q;
    const switches = this.querySelector(".picker-switches");
    const focused = switches.contains(document.activeElement) ? document.activeElement.name : "";
    switches.replaceChildren(...(this.rows.querySelector(".picker-wanted")?.children ?? []));
    if (focused) switches.querySelector(`[name="${focused}"]`)?.focus();
    this.#select(0);
    if (this.hurried && this.answered === this.words.value) this.#use(this.#options[0]);
    this.hurried = false;
  }

  #switch({ name, value }) {
    this.switched[name] = value;
    this.#load();
  }

  get #options() {
    return [...this.rows.querySelectorAll("[role=option]")];
  }

  #select(at) {
    const options = this.#options;
    this.at = options.length ? (at + options.length) % options.length : -1;
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === this.at)));
    const option = options[this.at];
    this.words.setAttribute("aria-activedescendant", option?.id ?? "");
    option?.scrollIntoView({ block: "nearest" });
    this.preview.replaceChildren(...(option ? [option.querySelector("template").content.cloneNode(true)] : []));
  }

  #key(event) {
    if (event.isComposing) return;
    if (event.key === "Escape" && !this.one.hidden) {
      event.preventDefault();
      this.#show(this.find);
      this.words.focus();
    }
    if (event.target === this.words) this.#keyInWords(event);
    else if (event.key === "Enter" && !event.shiftKey && event.target.matches(".picker-form .input")) {
      event.preventDefault();
      event.target.form.requestSubmit();
    }
  }

  #keyInWords(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      this.#select(this.at + step);
    }
    if (event.key === "Enter") {
      event.preventDefault();
      // Who types and presses Enter at once means what was typed, not what was found for the letters before.
      if (this.answered === this.words.value) this.#use(this.#options[this.at]);
      else {
        clearTimeout(this.timer);
        this.hurried = true;
        this.#load();
      }
    }
    // Whoever wants the stroke itself presses it twice.
    if (event.key === "/" && !this.words.value) {
      event.preventDefault();
      this.#leave();
      document.execCommand("insertText", false, "/");
    }
  }

  async #use(option) {
    if (!option) return;
    this.#select(this.#options.indexOf(option));
    if (!("asks" in option.dataset)) return this.#insert(option.dataset.use, new FormData());
    const html = await this.#ask(option.dataset.one);
    if (html === null) return;
    this.one.replaceChildren(parsed(html));
    this.#show(this.one);
    this.one.querySelector(".input")?.focus();
  }

  async #fill() {
    const form = this.one.querySelector("form");
    if (!form) return;
    const html = await this.#ask(form.dataset.filled, { method: "POST", body: new FormData(form) });
    if (html !== null) form.querySelector(".picker-filled").replaceChildren(parsed(html));
  }

  #insertFilled(event) {
    event.preventDefault();
    this.#insert(event.target.action, new FormData(event.target));
  }

  async #insert(url, fields) {
    clearTimeout(this.timer);
    if (this.busy) return;
    this.busy = true;
    fields.set("mode", this.text.closest(".panel").dataset.mode);
    const html = await this.#ask(url, { method: "POST", body: fields });
    this.busy = false;
    if (html === null) return;
    this.#leave();
    window.htmx.swap(document.body, html, { swapStyle: "patch" }, { contextElement: document.body });
  }
}

customElements.define("heard-picker", Picker);

// What the server gave to be put in. It does so when it comes onto the page.
class Inserted extends HTMLElement {
  connectedCallback() {
    const text = document.getElementById(`text-${this.dataset.mode}`);
    const words = this.querySelector("template")?.content.textContent;
    if (!text || !words) return;
    const composer = text.closest("heard-composer");
    if (text.closest("[role=tabpanel]").hidden) composer.select(this.dataset.mode, { focus: false });
    text.focus();
    const start = text.selectionStart;
    const put = joined(text, words, this.dataset.mode === "public" && !PARAGRAPHS.has(this.dataset.block));
    text.setSelectionRange(start - put.eaten, text.selectionEnd + put.eatenAfter);
    // The one way of putting in a text that the browser can undo.
    if (!document.execCommand("insertText", false, put.text)) {
      text.setRangeText(put.text, text.selectionStart, text.selectionEnd, "end");
      text.dispatchEvent(new InputEvent("input", { bubbles: true }));
    }
    nextBlank(text, start - put.eaten);
    this.#speak(text.closest(".panel"));
    this.#afterSending(text.closest(".panel"));
    document.dispatchEvent(new CustomEvent("heard:inserted", { detail: { ...this.dataset } }));
  }

  // Spelling is looked at in the language of what was put in.
  #speak(panel) {
    const spoken = panel.querySelector("[data-reply-language]");
    const { language } = this.dataset;
    if (!spoken || spoken.value === language || ![...spoken.options].some(({ value }) => value === language)) return;
    spoken.value = language;
    spoken.dispatchEvent(new Event("change", { bubbles: true }));
  }

  #afterSending(panel) {
    const after = this.querySelector(".after-sending");
    if (!after) return;
    panel.querySelector(".after-sending")?.remove();
    panel.querySelector(".panel-foot").before(after);
  }
}

customElements.define("heard-inserted", Inserted);

// A part of an answer is a paragraph; in a comment a sentence follows the one before it.
function joined(text, words, inline) {
  const before = text.value.slice(0, text.selectionStart);
  const after = text.value.slice(text.selectionEnd);
  const eaten = before.length - before.trimEnd().length;
  const eatenAfter = after.length - after.trimStart().length;
  if (inline && !before.endsWith("\n")) {
    const gap = before && !/\s$/.test(before) ? " " : "";
    return { text: gap + words + (after && !/^\s/.test(after) ? " " : ""), eaten: 0, eatenAfter: 0 };
  }
  const head = before.trim() ? "\n\n" : "";
  const tail = after.trim() ? "\n\n" : "";
  return { text: head + words + tail, eaten, eatenAfter };
}

function blanks(text) {
  return [...text.value.matchAll(BLANK)].map(({ index, 0: found }) => [index, index + found.length]);
}

function nextBlank(text, from) {
  const next = blanks(text).find(([start]) => start >= from);
  if (next) text.setSelectionRange(...next);
  return Boolean(next);
}

function lastBlank(text, until) {
  const before = blanks(text).findLast(([, end]) => end <= until);
  if (before) text.setSelectionRange(...before);
  return Boolean(before);
}

const written = (target) =>
  target.matches?.("#text-public, #text-private, #text-note") && target.closest("heard-composer") ? target : null;

function open(text) {
  document.querySelector("heard-picker")?.open(text);
}

document.addEventListener("beforeinput", (event) => {
  const text = written(event.target);
  if (!text || event.data !== "/" || event.isComposing || event.inputType !== "insertText") return;
  const before = text.value.slice(0, text.selectionStart);
  if (before && !/\s$/.test(before)) return;
  event.preventDefault();
  open(text);
});

document.addEventListener("keydown", (event) => {
  const text = written(event.target);
  if (!text || event.isComposing) return;
  if ((event.ctrlKey || event.metaKey) && event.key === "/") {
    event.preventDefault();
    return open(text);
  }
  if (event.key !== "Tab" || event.ctrlKey || event.altKey || event.metaKey) return;
  // Where there is no blank in that direction, the key does what it always does.
  const found = event.shiftKey ? lastBlank(text, text.selectionStart) : nextBlank(text, text.selectionEnd);
  if (found) event.preventDefault();
});

document.addEventListener("click", (event) => {
  event.target.closest("[data-drops-macro]")?.closest(".after-sending").remove();
  const link = event.target.closest("[data-picks]");
  const text = link?.closest(".panel")?.querySelector("textarea.panel-text");
  if (!text || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(text);
});
