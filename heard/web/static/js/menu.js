// <heard-menu popover>: opens beside its button; arrows move along its items.
const GAP = 6;
const EDGE = 8;
const FIRST = '.menu-item, input:not([type="hidden"]), button';
// Only one is open at a time. A sheet, because the page's policy has no room for style attributes.
const place = new CSSStyleSheet();
document.adoptedStyleSheets.push(place);

class Menu extends HTMLElement {
  connectedCallback() {
    this.addEventListener("beforetoggle", (event) => {
      if (event.newState === "open") this.opener = event.source ?? document.querySelector(`[popovertarget="${this.id}"]`);
    });
    this.addEventListener("toggle", (event) => {
      if (event.newState !== "open") return;
      this.#place();
      if (!this.contains(document.activeElement)) this.querySelector(FIRST)?.focus();
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
    const x = Math.max(EDGE, button.left + width < innerWidth - EDGE ? button.left : left);
    const y = below ? button.bottom + GAP : Math.max(EDGE, button.top - GAP - height);
    place.replaceSync(`heard-menu:popover-open { left: ${x}px; top: ${y}px }`);
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
