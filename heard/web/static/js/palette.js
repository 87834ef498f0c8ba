// <heard-palette>: everything that this page can do, found by typing.
import { use } from "heard/keys";

const MOST = 30;

class Palette extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.input = this.querySelector("input");
    this.list = this.querySelector("ul");
    this.dialog.addEventListener("heard:open", () => this.#begin());
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
    this.input.addEventListener("input", () => this.#show());
    this.input.addEventListener("keydown", (event) => this.#key(event));
    this.list.addEventListener("click", ({ target }) => this.#run(target.closest("li")));
  }

  #begin() {
    this.commands = this.#commands();
    this.input.value = "";
    this.#show();
  }

  #commands() {
    const seen = new Set();
    const found = [];
    // What concerns the open ticket first, then where one can go.
    const groups = ["#ticket [data-command]", ".browse [data-command]", ".rail-link[href]"];
    const elements = groups.flatMap((group) => [...document.querySelectorAll(group)]);
    for (const element of elements) {
      const label = element.dataset.command ?? element.querySelector(".rail-label").textContent;
      if (seen.has(label) || element.disabled) continue;
      seen.add(label);
      const icon = element.querySelector(".icon")?.cloneNode(true);
      found.push({ label, icon, key: element.dataset.key, run: () => use(element) });
    }
    return found;
  }

  #show() {
    const typed = this.input.value.trim();
    const words = typed.toLocaleLowerCase().split(/\s+/);
    const found = this.commands.filter(({ label }) => words.every((word) => label.toLocaleLowerCase().includes(word)));
    const offered = [...this.#asTicket(typed), ...found.slice(0, MOST), ...this.#asSearch(typed)];
    this.list.replaceChildren(...offered.map((command, at) => this.#item(command, at)));
    this.querySelector("p").hidden = offered.length > 0;
    this.#select(0);
  }

  #asTicket(typed) {
    const number = /^#?(\d{1,15})$/.exec(typed)?.[1];
    if (!number) return [];
    const { label, url } = this.querySelector("[data-open-ticket]").dataset;
    return [{ label: `${label} #${number}`, run: () => location.assign(url.replace(/0$/, number)) }];
  }

  #asSearch(typed) {
    if (!typed) return [];
    const { label, url } = this.querySelector("[data-search]").dataset;
    return [{ label: `${label} “${typed}”`, run: () => location.assign(`${url}?${new URLSearchParams({ q: typed })}`) }];
  }

  #item({ label, icon, key, run }, at) {
    const item = document.createElement("li");
    item.className = "menu-item";
    item.id = `command-${at}`;
    item.role = "option";
    item.run = run;
    item.append(icon ?? Object.assign(document.createElement("span"), { className: "icon" }), label);
    if (key && !key.startsWith("mod")) item.append(Object.assign(document.createElement("kbd"), { textContent: key }));
    return item;
  }

  #select(at) {
    const items = [...this.list.children];
    this.at = items.length ? (at + items.length) % items.length : -1;
    items.forEach((item, index) => item.setAttribute("aria-selected", String(index === this.at)));
    this.input.setAttribute("aria-activedescendant", items[this.at]?.id ?? "");
    items[this.at]?.scrollIntoView({ block: "nearest" });
  }

  #key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      this.#select(this.at + step);
    }
    if (event.key === "Enter") {
      event.preventDefault();
      this.#run(this.list.children[this.at]);
    }
  }

  #run(item) {
    if (!item) return;
    this.dialog.close();
    item.run();
  }
}

customElements.define("heard-palette", Palette);
