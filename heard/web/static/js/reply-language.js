// <heard-written-in>: the box follows the language of the reply; "Translate" puts another one into it.
import { csrf } from "heard/ask";
import { parsed } from "heard/patch";

const follow = (panel) => {
  const { value, selectedOptions } = panel.querySelector("[data-reply-language]");
  const text = panel.querySelector("textarea.panel-text");
  text.lang = value;
  text.dir = selectedOptions[0]?.dataset.direction ?? "auto";
};

class WrittenIn extends HTMLElement {
  // Also when it comes anew, because somebody said what the customer speaks. What is written already stays
  // in the language that it was written in: the server may not know yet.
  connectedCallback() {
    const panel = this.closest(".panel");
    const text = panel.querySelector("textarea.panel-text");
    if (text.value.trim() && text.lang) choose(panel, text.lang, text.dir);
    else follow(panel);
  }
}

const choose = (panel, language, direction) => {
  const select = panel.querySelector("[data-reply-language]");
  if (![...select.options].some((one) => one.value === language)) {
    const name = new Intl.DisplayNames(document.documentElement.lang, { type: "language" }).of(language);
    const option = new Option(name, language);
    option.dataset.direction = direction;
    select.add(option);
  }
  select.value = language;
  follow(panel);
};

const ask = async (panel, url) => {
  const answer = await fetch(url, {
    method: "POST",
    body: new URLSearchParams([...new FormData(panel)].filter(([, value]) => typeof value === "string")),
    headers: { "X-CSRFToken": csrf(), "HX-Request": "true" },
  });
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.problem);
  return told;
};

const put = (panel, { text, language, direction, version, html }) => {
  const box = panel.querySelector("textarea.panel-text");
  panel.dataset.version = version;
  panel.querySelector("[data-written]").replaceChildren(parsed(html));
  choose(panel, language, direction);
  box.value = text;
  box.dispatchEvent(new InputEvent("input", { bubbles: true }));
  box.focus();
};

const translate = async (panel, button) => {
  const trouble = panel.querySelector("[data-translate-trouble]");
  const composer = panel.closest("heard-composer");
  trouble.textContent = "";
  button.disabled = true;
  panel.setAttribute("aria-busy", "true");
  try {
    // What is on its way to the server must not arrive after the translation.
    await composer.drafts.settled(panel);
    put(panel, await ask(panel, button.dataset.translates));
  } catch (failed) {
    const words = document.getElementById("trouble")?.dataset.failed ?? "";
    trouble.textContent = failed instanceof TypeError || failed instanceof SyntaxError ? words : failed.message;
  } finally {
    button.disabled = false;
    panel.removeAttribute("aria-busy");
  }
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-translates]");
  if (!button) return;
  event.preventDefault();
  translate(button.closest(".panel"), button);
});

document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-reply-language]")) return;
  const panel = event.target.closest(".panel");
  follow(panel);
  panel.querySelector("textarea.panel-text").dispatchEvent(new InputEvent("input", { bubbles: true }));
});

customElements.define("heard-written-in", WrittenIn);
