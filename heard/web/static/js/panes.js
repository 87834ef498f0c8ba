// What follows when a pane got new contents: names, focus, drawers.
const root = document.documentElement;
const cookie = (name, value) => (document.cookie = `${name}=${value};path=/;max-age=31536000;samesite=lax`);
const narrow = matchMedia("(width <= 1100px)");
let focusWasInside = false;

document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  focusWasInside = detail.target?.contains(document.activeElement) ?? false;
});

// Another ticket or folder closes a drawer. What comes by itself, like a reminder each minute, does not.
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const { id } = detail.target ?? {};
  if (id === "ticket" || id === "browse") delete root.dataset.drawer;
  if (id === "ticket") opened();
  if (id === "browse") browsed();
});

function opened() {
  const ticket = document.querySelector("#ticket .ticket");
  document.querySelector("heard-list")?.mark({ reveal: true });
  document.dispatchEvent(new CustomEvent("heard:opened"));
  if (ticket) {
    document.getElementById("announcer").textContent = `#${ticket.dataset.number} ${ticket.dataset.name}`;
    focusAfter(document.getElementById("ticket-name"));
  } else {
    document.querySelector('.row-link[aria-current="true"], .row-link')?.focus({ preventScroll: true });
  }
}

// Only where the old focus is gone with the old contents; else it stays where the agent left it.
function focusAfter(heading) {
  if (!focusWasInside && getComputedStyle(document.querySelector(".list")).visibility !== "hidden") return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

function browsed() {
  document.querySelector("heard-list")?.mark();
  if (focusWasInside && document.activeElement === document.body) {
    const search = document.getElementById("q");
    if (search.value) {
      search.focus();
      search.setSelectionRange(search.value.length, search.value.length);
    } else document.querySelector(".folder[aria-current]")?.focus();
  }
}

document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-toggles-side]")) return toggleSide();
  if (target.closest("[data-toggles-folders]")) return toggleDrawer("folders");
  if (root.dataset.drawer && !target.closest(".side, .folders")) delete root.dataset.drawer;
});

document.addEventListener("keydown", ({ key }) => {
  if (key === "Escape") delete root.dataset.drawer;
});

function toggleDrawer(name) {
  if (root.dataset.drawer === name) delete root.dataset.drawer;
  else root.dataset.drawer = name;
  if (root.dataset.drawer === "folders") document.querySelector(".folder")?.focus();
  if (root.dataset.drawer === "side") document.querySelector(".side-close")?.focus();
}

function toggleSide() {
  if (narrow.matches) return toggleDrawer("side");
  const folded = root.dataset.side === "folded";
  if (folded) delete root.dataset.side;
  else root.dataset.side = "folded";
  cookie("heard_side", folded ? "shown" : "folded");
  document.querySelector(".side-button")?.setAttribute("aria-expanded", String(folded));
}
