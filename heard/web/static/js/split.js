// <heard-split>: draw the list wider or narrower, by pointer or by arrow keys. It is remembered.
const LEAST = 260;
const MOST = 640;

class Split extends HTMLElement {
  connectedCallback() {
    this.addEventListener("pointerdown", (event) => {
      this.setPointerCapture(event.pointerId);
      this.classList.add("drawn");
    });
    this.addEventListener("pointermove", (event) => {
      if (!this.classList.contains("drawn")) return;
      const list = document.querySelector(".list").getBoundingClientRect();
      this.#draw(getComputedStyle(this).direction === "rtl" ? list.right - event.clientX : event.clientX - list.left);
    });
    this.addEventListener("pointerup", () => this.#keep());
    this.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -20, ArrowRight: 20 }[event.key];
      if (!step) return;
      event.preventDefault();
      this.#draw(document.querySelector(".list").offsetWidth + step);
      this.#keep();
    });
  }

  #draw(width) {
    this.width = Math.round(Math.min(MOST, Math.max(LEAST, width)));
    document.documentElement.style.setProperty("--list", `${this.width}px`);
    this.setAttribute("aria-valuenow", this.width);
  }

  #keep() {
    this.classList.remove("drawn");
    if (this.width) document.cookie = `heard_list=${this.width};path=/;max-age=31536000;samesite=lax`;
  }
}

customElements.define("heard-split", Split);
