/* Comfort only: the server decides the same without a script. */

const form = document.querySelector("#form");

function answered(key) {
  const fields = [...form.elements].filter((field) => field.name === key && !field.disabled);
  return fields.filter((field) => !["radio", "checkbox"].includes(field.type) || field.checked).map((field) => field.value);
}

function showWhatIsAsked() {
  for (const part of form.querySelectorAll("[data-when]")) {
    const wanted = part.dataset.is ? part.dataset.is.split(" ") : [];
    const values = answered(part.dataset.when).filter(Boolean);
    const asked = values.some((value) => !wanted.length || wanted.includes(value));
    part.hidden = !asked;
    // What is hidden is not sent; what was typed stays, should it be asked again.
    for (const field of part.querySelectorAll("input, select, textarea")) field.disabled = !asked;
  }
}

async function solve(stamp, bits) {
  const bytes = new TextEncoder();
  for (let number = 0; ; number += 1) {
    const digest = await crypto.subtle.digest("SHA-256", bytes.encode(`${stamp}:${number}`));
    if (new DataView(digest).getUint32(0) >>> (32 - bits) === 0) return String(number);
  }
}

function tellHeight() {
  if (parent !== window) parent.postMessage({ heardFormHeight: document.documentElement.offsetHeight }, "*");
}

if (form) {
  for (const hint of form.querySelectorAll("[data-only-if]")) hint.hidden = true;
  showWhatIsAsked();
  form.addEventListener("input", showWhatIsAsked);
  form.addEventListener("change", showWhatIsAsked);
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    const button = form.querySelector("button:not([type=button])");
    button.textContent = button.dataset.sending;
  });
  addEventListener("pageshow", () => delete form.dataset.sent);
  const puzzle = form.querySelector("[data-bits]");
  if (puzzle && crypto.subtle) {
    solve(form.elements["form-stamp"].value, Number(puzzle.dataset.bits)).then((solution) => {
      puzzle.value = solution;
    });
  }
}

document.querySelector("#wrong")?.focus();
new ResizeObserver(tellHeight).observe(document.documentElement);
