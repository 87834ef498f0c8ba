// A button that copies the field beside it. Without JavaScript there is no button, and the field can be marked.
class HeardCopy extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", () => this.copy(button));
  }

  async copy(button) {
    await navigator.clipboard.writeText(this.querySelector("input").value);
    const words = button.querySelector("span");
    const before = words.textContent;
    words.textContent = button.dataset.copied;
    setTimeout(() => (words.textContent = before), 2000);
  }
}

customElements.define("heard-copy", HeardCopy);
