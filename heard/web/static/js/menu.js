// <heard-menu popover>: opens beside its button; arrows move along its items.
const GAP = 6;
const EDGE = 8;

class Menu extends HTMLElement {
  connectedCallback() {
    this.addEventListener("beforetoggle", (event) => {
      // Left behind, htmx would copy it to the next menu of that name, which the page's policy forbids.
      if (event.newState === "closed") this.removeAttribute("style");
      else this.opener = event.source ?? document.querySelector(`[popovertarget="${this.id}"]`);
    });
    this.addEventListener("toggle", (event) => {
      if (event.newState !== "open") return;
      this.#place();
      (this.querySelector("[autofocus]") ?? this.querySelector(".menu-item, input, button"))?.focus();
    });
    this.addEventListener("keydown", (event) => this.#walk(event));
    // Before the answer is put in place: what is open counts as being worked in, and would stay as it is.
    this.addEventListener("htmx:beforeOnLoad", ({ detail }) => {
      if (detail.xhr.status < 300 && this.matches(":popover-open")) this.hidePopover();
    });
  }

  #place() {
    const button = this.opener?.getBoundingClientRect();
    if (!button) return;
    const { width, height } = this.getBoundingClientRect();
    const left = Math.min(Math.max(EDGE, button.right - width), innerWidth - width - EDGE);
    const below = button.bottom + GAP + height < innerHeight;
    this.style.left = `${Math.max(EDGE, button.left + width < innerWidth - EDGE ? button.left : left)}px`;
    this.style.top = `${below ? button.bottom + GAP : Math.max(EDGE, button.top - GAP - height)}px`;
  }

  #walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.target.matches("textarea, input")) return;
    const items = [...this.querySelectorAll(".menu-item")];
    if (!items.length) return;
    event.preventDefault();
    items.at((items.indexOf(document.activeElement) + step) % items.length).focus();
  }
}

customElements.define("heard-menu", Menu);
