// <heard-calendar>: arrow keys go from day to day, Enter writes a post for it. Pictures are added as soon as they are chosen.
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

customElements.define(
  "heard-calendar",
  class extends HTMLElement {
    connectedCallback() {
      this.days = [...this.querySelectorAll("[data-day]")];
      const today = this.days.find((day) => day.ariaCurrent) ?? this.days[0];
      for (const day of this.days) day.tabIndex = day === today ? 0 : -1;
      this.addEventListener("keydown", (event) => this.#move(event));
    }

    #move(event) {
      const at = this.days.indexOf(event.target);
      const inward = getComputedStyle(this).direction === "rtl" && event.key !== "ArrowUp" && event.key !== "ArrowDown";
      const step = STEPS[event.key] * (inward ? -1 : 1);
      const next = this.days[at + step];
      if (at < 0 || !step || !next) return;
      event.preventDefault();
      this.days[at].tabIndex = -1;
      next.tabIndex = 0;
      next.focus();
    }
  },
);

document.querySelector("#pictures")?.addEventListener("change", (event) => {
  event.stopPropagation(); // the preview has nothing to show of them yet
  if (event.target.files.length) event.target.form.requestSubmit(event.target.form.querySelector("[data-adds]"));
});

// Pictures may be dropped onto the whole part of the form. What is no picture stays where it was.
const drop = document.querySelector("[data-drop]");
if (drop) {
  const input = drop.querySelector("#pictures");
  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
  drop.querySelector(".compose-drop").hidden = false;
  for (const kind of ["dragenter", "dragover"])
    drop.addEventListener(kind, (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      drop.classList.add("is-over");
    });
  drop.addEventListener("dragleave", (event) => {
    if (!drop.contains(event.relatedTarget)) drop.classList.remove("is-over");
  });
  drop.addEventListener("drop", (event) => {
    drop.classList.remove("is-over");
    if (!carriesFiles(event)) return;
    event.preventDefault();
    const dropped = new DataTransfer();
    for (const file of event.dataTransfer.files) if (input.accept.split(",").includes(file.type)) dropped.items.add(file);
    if (!dropped.files.length) return;
    input.files = dropped.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
