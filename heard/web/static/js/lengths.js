// How long a text is as its network counts it. The server has the last word.
const LINK = /https?:\/\/\S+/g;

const weighted = (text) => {
  const links = text.match(LINK)?.length ?? 0;
  let total = links * 23;
  for (const letter of text.replace(LINK, "").normalize("NFC")) {
    const code = letter.codePointAt(0);
    const light = code <= 4351 || (code >= 8192 && code <= 8205) || (code >= 8208 && code <= 8223) || (code >= 8242 && code <= 8247);
    total += light ? 1 : 2;
  }
  return total;
};

const COUNTS = {
  characters: (text) => [...text].length,
  utf16_units: (text) => text.length,
  utf8_bytes: (text) => new TextEncoder().encode(text).length,
  graphemes: (text) => [...new Intl.Segmenter().segment(text)].length,
  weighted,
};

export const lengthAs = (counts, text) => (COUNTS[counts] ?? COUNTS.characters)(text);
