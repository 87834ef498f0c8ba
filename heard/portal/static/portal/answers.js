// <heard-answer>: a button that copies the text beside it. Without a script the text is there to be marked.
class Answer extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(this.querySelector(".answer-text").textContent);
      button.firstElementChild.textContent = button.dataset.done;
    });
  }
}

customElements.define("heard-answer", Answer);
