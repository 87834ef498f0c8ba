// <heard-composer>: tabs, counter, drafts.
import { Attached } from "heard/attached";
import { Drafts } from "heard/drafts";
import { Findings } from "heard/findings";
import { lengthAs } from "heard/lengths";
import { parsed } from "heard/patch";
import "heard/reply-language";
import "heard/send-form";

const FOCUS_MODE = "heard-focus-mode";
const MOST_ROWS = 14;
const GROWS = CSS.supports("field-sizing", "content");

class Composer extends HTMLElement {
  connectedCallback() {
    this.drafts = new Drafts(this);
    this.attached = new Attached(this);
    this.findings = new Findings(this);
    for (const panel of this.panels) {
      this.drafts.begin(panel);
      this.#count(panel);
    }
    for (const box of this.querySelectorAll("[data-focus-mode]")) {
      box.checked = localStorage.getItem(FOCUS_MODE) !== "off";
    }
    for (const type of ["click", "keydown", "input", "change", "focusout", "submit"]) this.addEventListener(type, this);
    this.addEventListener("htmx:confirm", (event) => this.#send(event));
    this.addEventListener("htmx:afterRequest", (event) => this.#answered(event));
    addEventListener("pagehide", this);
    document.addEventListener("heard:back", this);
  }

  disconnectedCallback() {
    removeEventListener("pagehide", this);
    document.removeEventListener("heard:back", this);
  }

  get panels() {
    return [...this.querySelectorAll(".panel")];
  }

  handleEvent(event) {
    const panel = event.target.closest?.(".panel");
    if (event.type === "click") this.#click(event, panel);
    if (event.type === "keydown") this.#key(event, panel);
    if (event.type === "input" && event.target.matches(".panel-text")) this.#typed(panel);
    if (event.type === "change" && event.target.matches("[data-focus-mode]")) this.#setFocusMode(event.target.checked);
    if (event.type === "change" && event.target.name === "signs") this.#typed(panel);
    if (event.type === "focusout" && panel && !panel.contains(event.relatedTarget)) this.drafts.keep(panel);
    if (event.type === "heard:back") this.panels.forEach((one) => this.drafts.keep(one));
    if (event.type === "pagehide") this.panels.forEach((one) => this.drafts.keep(one, { keepalive: true }));
  }

  select(mode, { focus = true } = {}) {
    for (const tab of this.querySelectorAll("[role=tab]")) {
      const chosen = tab.dataset.mode === mode;
      tab.setAttribute("aria-selected", String(chosen));
      tab.tabIndex = chosen ? 0 : -1;
    }
    for (const panel of this.panels) panel.parentElement.hidden = panel.dataset.mode !== mode;
    const text = this.querySelector(`#text-${mode}`);
    if (focus && text.offsetParent) text.focus();
    else if (focus) this.querySelector(`#tab-${mode}`).focus();
  }

  showConflict(panel, html) {
    panel.querySelector(".conflict").replaceChildren(parsed(html));
  }

  #click(event, panel) {
    const { target } = event;
    const tab = target.closest("[role=tab]");
    if (tab && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      this.select(tab.dataset.mode);
    }
    const keeps = target.closest("[data-keep]");
    if (keeps) this.#choose(panel, keeps.dataset);
  }

  #key(event, panel) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && panel) {
      event.preventDefault();
      const send = panel.querySelector("[type=submit]");
      if (!send.disabled) panel.requestSubmit(send);
    }
    const tab = event.target.closest("[role=tab]");
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (tab && step) {
      const tabs = [...this.querySelectorAll("[role=tab]")];
      const next = tabs.at((tabs.indexOf(tab) + step) % tabs.length);
      this.select(next.dataset.mode, { focus: false });
      next.focus();
    }
    if (tab && event.key === " ") {
      event.preventDefault();
      this.select(tab.dataset.mode);
    }
  }

  #typed(panel) {
    panel.removeAttribute("data-sent");
    this.#count(panel);
    this.drafts.later(panel);
    document.dispatchEvent(new CustomEvent("heard:writing", { detail: panel.dataset.mode }));
  }

  #count(panel) {
    const text = panel.querySelector("textarea");
    const counter = panel.querySelector("[data-counter]");
    const { limit, counts } = counter.dataset;
    const signs = panel.querySelector("[data-signs]:checked");
    const said = signs && text.value.trim() ? `${text.value.trimEnd()} ${signs.dataset.signs}` : text.value;
    const used = lengthAs(counts, said);
    const over = limit && used > limit;
    const figures = new Intl.NumberFormat(document.documentElement.lang);
    counter.dataset.state = over ? "over" : "";
    if (!limit || !used) counter.textContent = "";
    else if (over) counter.textContent = this.dataset.over.replace("{count}", figures.format(used - limit));
    else counter.textContent = this.dataset.of.replace("{used}", figures.format(used)).replace("{limit}", figures.format(limit));
    if (!GROWS) {
      for (text.rows = 2; text.scrollHeight > text.clientHeight && text.rows < MOST_ROWS; ) text.rows += 1;
    }
  }

  // A draft on its way must not arrive after the reply that it became.
  async #send(event) {
    if (!event.target.matches(".panel")) return;
    event.preventDefault();
    event.target.setAttribute("data-sent", "");
    await this.attached.settled(event.target);
    await this.drafts.settled(event.target);
    event.detail.issueRequest(true);
  }

  #answered({ detail, target }) {
    if (!target.matches?.(".panel")) return;
    if (detail.successful) return this.drafts.forget(target);
    target.removeAttribute("data-sent");
    this.drafts.keep(target);
  }

  #setFocusMode(on) {
    localStorage.setItem(FOCUS_MODE, on ? "on" : "off");
    for (const box of this.querySelectorAll("[data-focus-mode]")) box.checked = on;
  }

  #choose(panel, { keep, version, text }) {
    this.drafts.resolve(panel, version, keep === "theirs" ? text : undefined);
    panel.querySelector(".conflict").replaceChildren();
    this.#count(panel);
    panel.querySelector("textarea").focus();
  }
}

customElements.define("heard-composer", Composer);

// "Reply" at a message: the composer for that message, with what has been typed.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("[data-replies]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const old = document.querySelector("heard-composer");
  const typed = new Map(old.panels.map((panel) => [panel.dataset.mode, panel.querySelector("textarea").value]));
  await Promise.all(old.panels.map((panel) => old.drafts.keep(panel)));
  await window.htmx.ajax("GET", link.href, { target: "#composer", swap: "outerHTML" });
  const composer = document.querySelector("heard-composer");
  for (const panel of composer.panels) {
    const text = panel.querySelector("textarea");
    text.value ||= typed.get(panel.dataset.mode) ?? "";
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }
  composer.select(link.dataset.replies);
});

document.addEventListener("htmx:configRequest", ({ detail }) => {
  const form = detail.elt;
  if (!form.matches?.("form[data-goes-on]") || localStorage.getItem(FOCUS_MODE) === "off") return;
  const next = document.querySelector("heard-list")?.next();
  if (next) detail.formData ? detail.formData.set("next", next) : (detail.parameters.next = next);
});
