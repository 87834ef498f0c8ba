// Puts a form's link where the agent is writing. Without a script the link stands on a page of its own.
function insert(link) {
  const panel = link.closest(".panel");
  const text = panel?.querySelector("textarea.panel-text");
  if (!text) return false;
  const before = text.value.slice(0, text.selectionStart);
  const gap = before && !/\s$/.test(before) ? " " : "";
  text.setRangeText(`${gap}${link.dataset.inserts} `, text.selectionStart, text.selectionEnd, "end");
  text.dispatchEvent(new InputEvent("input", { bubbles: true }));
  link.closest("details").open = false;
  text.focus();
  return true;
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-inserts]");
  if (link && insert(link)) event.preventDefault();
});

document.addEventListener("keydown", (event) => {
  const open = event.target.closest?.("details.send-form[open]");
  if (event.key !== "Escape" || !open) return;
  event.stopPropagation();
  open.open = false;
  open.querySelector("summary").focus();
});
