// A letter's frame grows to its content. Without JavaScript it has a height of its own and scrolls.
const LONGEST = 4000;

class HeardLetter extends HTMLElement {
  connectedCallback() {
    this.frame = this.querySelector("iframe");
    this.fit = this.fit.bind(this);
    this.frame?.addEventListener("load", this.fit);
    this.fit();
  }

  disconnectedCallback() {
    this.frame?.removeEventListener("load", this.fit);
  }

  fit() {
    const page = this.frame?.contentDocument?.documentElement;
    if (!page || !page.offsetHeight || this.frame.contentDocument.URL === "about:blank") return;
    const bar = page.scrollWidth > page.clientWidth ? 18 : 0;
    this.frame.style.blockSize = `${Math.min(page.offsetHeight + bar + 2, LONGEST)}px`;
  }
}

customElements.define("heard-letter", HeardLetter);
