// Where Chromium breaks Japanese text (CSS `line-break: strict`), for a comparison with our own lines.
//   node line_breaks.mjs < cases.json > lines.json
// In: a list of { text, width, size, font }, lengths in any one unit, `font` the path of a font file. Out: a list of
// { lines }, in the same order. KAITEI_TOOLS is a folder with the npm package playwright-core, CHROME Chromium's binary.
import { createRequire } from "node:module";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(path.join(process.env.KAITEI_TOOLS, "x.js"));
const { chromium } = require("playwright-core");

// Pixels a unit: Chromium lays out in 1/64 of a pixel, so that a width is exact to 1/512 of a unit.
const SCALE = 8;

const cases = JSON.parse(fs.readFileSync(0, "utf8"));
const fonts = [...new Set(cases.map(({ font }) => font))];
const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
const faces = fonts.map((font, i) => `@font-face { font-family: F${i}; src: url("${pathToFileURL(font).href}") }`);
const paragraphs = cases.map(({ text, width, size, font }) => {
  const style = `font-family: F${fonts.indexOf(font)}; font-size: ${size * SCALE}px; width: ${width * SCALE}px`;
  return `<p style="${style}">${escaped(text)}</p>`;
});
// Nothing that changes the widths of characters: no kerning, no ligatures, no trimmed or added spaces.
const html = `<!DOCTYPE html><html lang="ja"><meta charset="utf-8"><style>
${faces.join("\n")}
p { margin: 0; line-height: 1.5; line-break: strict; overflow-wrap: anywhere; hyphens: none; font-kerning: none;
  font-variant-ligatures: none; text-rendering: geometricPrecision; text-spacing-trim: space-all; text-autospace: no-autospace }
</style>${paragraphs.join("\n")}`;

// Runs in the page: the lines of every paragraph, by where its characters stand.
function linesOfAll() {
  const segmenter = new Intl.Segmenter("ja", { granularity: "grapheme" });
  const range = document.createRange();
  return [...document.querySelectorAll("p")].map((paragraph) => {
    const text = paragraph.firstChild;
    const lines = [];
    let top = null;
    for (const { index, segment } of segmenter.segment(text?.data ?? "")) {
      range.setStart(text, index);
      range.setEnd(text, index + segment.length);
      const [box] = range.getClientRects();
      if (lines.length === 0 || (box && Math.abs(box.top - top) > box.height / 2)) {
        lines.push("");
        top = box?.top ?? top;
      }
      lines[lines.length - 1] += segment;
    }
    return { lines };
  });
}

// A browser that dies without a word would leave the script waiting for ever.
setTimeout(() => (console.error("Chromium does not answer"), process.exit(1)), 900_000).unref();

const folder = fs.mkdtempSync(path.join(os.tmpdir(), "line-breaks-"));
const args = ["--no-sandbox", "--font-render-hinting=none", "--allow-file-access-from-files"];
const browser = await chromium.launch({ executablePath: process.env.CHROME, args });
try {
  const file = path.join(folder, "cases.html");
  fs.writeFileSync(file, html);
  const page = await (await browser.newContext({ locale: "ja-JP", offline: true })).newPage();
  await page.goto(pathToFileURL(file).href);
  const states = await page.evaluate(async () => (await document.fonts.ready, [...document.fonts].map((font) => font.status)));
  if (states.length !== fonts.length || states.some((state) => state !== "loaded")) {
    throw new Error(`fonts are not loaded: ${fonts} ${states}`);
  }
  console.log(JSON.stringify(await page.evaluate(linesOfAll)));
} finally {
  await browser.close();
  fs.rmSync(folder, { recursive: true });
}
