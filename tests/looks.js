// What `tests/looks.py` asks a page. Every answer is in words, as few as there are faults: to describe what is right takes
// longer than to find what is wrong.
(() => {
  const SMALLEST = 2;
  const told = ({ id, nodes }) => [id, nodes.map(({ target }) => String(target))];
  const above = (part) => part.assignedSlot ?? part.parentElement ?? part.getRootNode().host ?? null;
  let texts = new Map();

  // What is painted behind a text. Where a part lies over others than its ancestors, nobody can tell what that is
  // (`sure`), up to the first ground that nothing shines through.
  const ground = (part, known) => {
    if (!part) return { sure: true, words: "", faded: "", boxes: [] };
    if (known.has(part)) return known.get(part);
    const style = getComputedStyle(part);
    const colour = style.backgroundColor;
    const paints = colour !== "rgba(0, 0, 0, 0)" || style.backgroundImage !== "none";
    const behind = ground(above(part), known);
    const faded = style.opacity === "1" ? behind.faded : `${behind.faded} / ${style.opacity}`;
    const dense = paints && style.backgroundImage === "none" && !/\/|^rgba/.test(colour) && !faded;
    const found = {
      sure: dense || (behind.sure && !lifted(style)),
      words: dense ? colour : paints ? `${behind.words} / ${colour} ${style.backgroundImage}` : behind.words,
      faded,
      boxes: dense ? [] : behind.boxes,
    };
    // The ground of the whole page ends nowhere.
    if (paints && part !== document.body && part !== document.documentElement)
      found.boxes = [...found.boxes, part.getBoundingClientRect()];
    known.set(part, found);
    return found;
  };

  const lifted = ({ position, transform, translate, rotate, scale }) =>
    (position !== "static" && position !== "relative") ||
    [transform, translate, rotate, scale].some((moved) => moved !== "none");

  const within = (box, other) =>
    box.left >= other.left && box.right <= other.right && box.top >= other.top && box.bottom <= other.bottom;

  // Two texts with the same name have the same contrast. One without a name is looked at wherever it stands.
  const name = (part, box, scheme, known) => {
    const behind = ground(part, known);
    if (!behind.sure || !behind.boxes.every((other) => within(box, other))) return "";
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(part);
    return [scheme, color, fontSize, fontWeight, textShadow, behind.words, behind.faded].join(" ");
  };

  // For ears only, or beside the page until it has the keyboard: axe does not look at those either.
  const unseen = ({ width, height, right, bottom }) =>
    (width < SMALLEST && height < SMALLEST) || right + scrollX <= 0 || bottom + scrollY <= 0;

  const speaks = (part) =>
    part.matches("input, select, textarea") ||
    [...part.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());

  const read = (root, scheme, known) => {
    for (const part of root.querySelectorAll("*")) {
      if (part.shadowRoot) read(part.shadowRoot, scheme, known);
      if (!speaks(part) || !part.checkVisibility({ visibilityProperty: true })) continue;
      const box = part.getBoundingClientRect();
      if (unseen(box)) continue;
      const called = name(part, box, scheme, known);
      texts.set(called, [...(texts.get(called) ?? []), part]);
    }
  };

  // Rows with a cell that is none to the style sheets: what belongs beside the others then stands below them.
  const torn = () => {
    const display = (part) => getComputedStyle(part).display;
    const cells = [...document.querySelectorAll("td, th")].filter(
      (cell) => display(cell.parentElement) === "table-row" && !["table-cell", "none"].includes(display(cell)),
    );
    return cells.length ? [["torn-rows", cells.map((cell) => cell.outerHTML.slice(0, 80))]] : [];
  };

  globalThis.looks = {
    // A colour on its way to another is neither: axe would find it too faint.
    rest: async () => {
      while (document.getAnimations().length) await new Promise(requestAnimationFrame);
    },

    wrong: async (options) => {
      const { violations } = await axe.run(document, options);
      return [...violations.map(told), ...torn()];
    },

    // The names of all texts to be seen.
    names: () => {
      texts = new Map();
      read(document.body, matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light", new Map());
      return [...texts.keys()];
    },

    // What is wrong with the colours of the texts with these names, and which of them were found to be right.
    faint: async (names, options) => {
      const include = names.flatMap((called) => texts.get(called));
      const { violations, passes } = await axe.run({ include }, { ...options, elementRef: true });
      const right = new Set(passes.flatMap(({ nodes }) => nodes.map(({ element }) => element)));
      return {
        wrong: violations.map(told),
        right: names.filter((called) => called && texts.get(called).some((part) => right.has(part))),
      };
    },
  };
})();
