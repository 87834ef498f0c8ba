/* Comfort only: the server decides the same without a script. */

const form = document.querySelector("#form");

function isAsked(field) {
  return !field.closest("[hidden]");
}

function answered(key) {
  const fields = [...form.elements].filter((field) => field.name === key && isAsked(field));
  return fields.filter((field) => !["radio", "checkbox"].includes(field.type) || field.checked).map((field) => field.value);
}

function showWhatIsAsked() {
  for (const part of form.querySelectorAll("[data-when]")) {
    const wanted = part.dataset.is ? part.dataset.is.split(" ") : [];
    const values = answered(part.dataset.when).filter(Boolean);
    part.hidden = !values.some((value) => !wanted.length || wanted.includes(value));
  }
}

/* What is hidden is not sent. What was typed there stays, should it be asked again: only while the form is sent is it
   disabled, for a browser that comes back fills in no field that is. */
function holdBack(held) {
  for (const field of form.querySelectorAll("[data-when] :is(input, select, textarea)")) {
    field.disabled = held && !isAsked(field);
  }
}

async function solve(stamp, bits) {
  const bytes = new TextEncoder();
  for (let number = 0; ; number += 1) {
    const digest = await crypto.subtle.digest("SHA-256", bytes.encode(`${stamp}:${number}`));
    if (new DataView(digest).getUint32(0) >>> (32 - bits) === 0) return String(number);
  }
}

/* A date that is none, or only begun, is sent as nothing at all: then the browser says so, in its own words. */
function isUnfit(field) {
  return field.willValidate && isAsked(field) && (field.validity.badInput || field.validity.customError);
}

/* So that nobody waits for files to go up that cannot be taken. */
function lookAtSizes(picker) {
  const { largest, most, tooLarge, tooMany } = picker.dataset;
  const large = [...picker.files].find((file) => file.size > Number(largest));
  const many = picker.files.length > Number(most);
  picker.setCustomValidity(large ? tooLarge.replace("{name}", large.name) : many ? tooMany : "");
}

function tellHeight() {
  if (parent !== window) parent.postMessage({ heardFormHeight: document.documentElement.offsetHeight }, "*");
}

if (form) {
  for (const hint of form.querySelectorAll("[data-only-if]")) hint.hidden = true;
  showWhatIsAsked();
  form.addEventListener("input", showWhatIsAsked);
  form.addEventListener("change", showWhatIsAsked);
  const button = form.querySelector("button:not([type=button])");
  const send = button.textContent;
  form.addEventListener("submit", (event) => {
    form.querySelectorAll("[data-largest]").forEach(lookAtSizes);
    const wrong = [...form.elements].find(isUnfit);
    if (form.dataset.sent || wrong) event.preventDefault();
    if (wrong) return wrong.reportValidity();
    holdBack(true);
    form.dataset.sent = "yes";
    button.textContent = button.dataset.sending;
  });
  // Back from the next page: what the browser filled in again decides what is asked.
  addEventListener("pageshow", () => {
    delete form.dataset.sent;
    button.textContent = send;
    holdBack(false);
    showWhatIsAsked();
  });
  const puzzle = form.querySelector("[data-bits]");
  if (puzzle && crypto.subtle) {
    solve(form.elements["form-stamp"].value, Number(puzzle.dataset.bits)).then((solution) => {
      puzzle.value = solution;
    });
  }
}

document.querySelector("#wrong")?.focus();
new ResizeObserver(tellHeight).observe(document.documentElement);
