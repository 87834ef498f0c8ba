// <heard-toast>: a word at the foot of the page that goes away by itself, but not while somebody reads it.
const SHOWN_SECONDS = 6;

class Toast extends HTMLElement {
  connectedCallback() {
    if (this.timer) return;
    this.left = Number(this.dataset.seconds ?? 0);
    this.shown = Math.max(this.left + 1, SHOWN_SECONDS);
    this.addEventListener("click", ({ target }) => target.closest("[data-close]") && this.remove());
    this.addEventListener("htmx:afterRequest", ({ detail }) => detail.successful && this.remove());
    this.timer = setInterval(() => this.#tick(), 1000);
    this.#tell();
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  #tick() {
    this.left -= 1;
    this.#tell();
    if (this.left === 0) this.querySelector("form")?.remove();
    if (!this.matches(":hover, :focus-within")) this.shown -= 1;
    if (this.shown <= 0) this.remove();
  }

  #tell() {
    const place = this.querySelector(".toast-seconds");
    if (!place) return;
    place.textContent = ` ${this.left > 0 ? place.dataset.goes.replace("{seconds}", this.left) : place.dataset.gone}`;
  }
}

customElements.define("heard-toast", Toast);

export function toast(text, { late = false } = {}) {
  const made = document.createElement("heard-toast");
  made.className = late ? "toast toast-late" : "toast";
  made.append(Object.assign(document.createElement("p"), { textContent: text }));
  document.getElementById("toasts").append(made);
}
