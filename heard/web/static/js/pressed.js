// What is put in the place of a button while it is pressed swallows the press: a click needs both ends of it in one.
const LONGEST_MS = 5_000; // a release outside the window may never be told
let down = false;
let waiting = [];

document.addEventListener("pointerdown", () => (down = true), { capture: true });
for (const over of ["pointerup", "pointercancel"]) {
  // The click follows in the same turn, and belongs to what was pressed.
  document.addEventListener(over, () => setTimeout(letGo), { capture: true });
}

function letGo() {
  down = false;
  for (const go of waiting) go();
  waiting = [];
}

export function released() {
  if (!down) return Promise.resolve();
  return new Promise((go) => {
    waiting.push(go);
    setTimeout(go, LONGEST_MS);
  });
}
