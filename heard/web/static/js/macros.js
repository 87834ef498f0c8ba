// Macros: "m" opens the menu, then the letter of one runs it. It answers the way that the composer stands.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const menu = document.querySelector("#menu-macros:popover-open");
  const wanted = menu?.querySelector(`[data-letter="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!wanted) return;
  event.preventDefault();
  event.stopPropagation();
  // The menu stays until the answer is here: a second press would run the macro once more.
  if (!wanted.closest(".htmx-request")) wanted.click();
});

document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (!detail.elt.matches?.("form[data-runs]")) return;
  const panel = document.querySelector("heard-composer [role=tabpanel]:not([hidden]) .panel");
  const parameters = detail.formData ?? detail.parameters;
  for (const name of ["to", "via"]) {
    const given = panel?.querySelector(`[name="${name}"]`)?.value;
    if (given) parameters.set(name, given);
  }
  if (panel && panel.dataset.mode !== "note") parameters.set("mode", panel.dataset.mode);
});
