// Uses pages of the HTML edition as people do: by keyboard, on a small screen, on paper, without a script.
//   node page.mjs page.html ...     what is wrong, one line each, and exit code 1
// KAITEI_TOOLS is a folder with the npm package playwright-core, CHROME Chromium's binary; pdftotext is on the path.
import { createRequire } from "node:module";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(path.join(process.env.KAITEI_TOOLS, "x.js"));
const { chromium } = require("playwright-core");
// A browser that dies without a word would leave the script waiting for ever.
setTimeout(() => (console.error("Chromium does not answer"), process.exit(1)), 900_000).unref();

const browser = await chromium.launch({ executablePath: process.env.CHROME, args: ["--no-sandbox"] });

const wrong = [];
let file = "";
const expect = (isRight, what) => isRight || wrong.push(`${path.basename(file)}: ${what}`);

const open = async (options = {}, hash = "") => {
  const context = await browser.newContext({ locale: "ja-JP", offline: true, viewport: { width: 1400, height: 900 }, ...options });
  const page = await context.newPage();
  // What the policy refuses is an error on the console.
  page.on("console", (message) => message.type() === "error" && expect(false, message.text()));
  page.on("pageerror", (error) => expect(false, String(error)));
  page.on("request", (request) => expect(request.url().startsWith("file:"), `asks for ${request.url()}`));
  await page.goto(pathToFileURL(path.resolve(file)).href + hash);
  return page;
};

const shown = (page) => page.locator(".kpi:not([hidden])").count();
const hash = (page) => page.evaluate(() => decodeURIComponent(location.hash));
const settle = (page) => page.waitForTimeout(250);

async function filters() {
  const page = await open();
  const all = await page.locator(".kpi").count();
  expect(all > 0 && (await shown(page)) === all, "not every row is shown at first");
  expect((await page.locator("#count").textContent()).includes(String(all)), "the number of rows is not said");
  for (const select of await page.locator("#filter select").all()) {
    const options = (await select.locator("option").all()).slice(1);
    for (const option of options) {
      const key = await option.getAttribute("value");
      await select.selectOption(key);
      await settle(page);
      const expected = await page.locator(`.kpi[data-in~="${key}"]`).count();
      expect(expected > 0 && (await shown(page)) === expected, `the choice ${key} shows other rows`);
      expect((await page.locator("#count").textContent()).includes(String(expected)), "the number is not said");
      expect((await hash(page)).includes(key), "the address does not name the choice");
    }
    await select.selectOption("");
    await settle(page);
  }
  expect((await shown(page)) === all && (await hash(page)) === "", "no choice is not everything");
  // Every heading above a row that is shown is shown, and no other.
  const row = page.locator(".kpi").last();
  const words = (await row.locator("th").first().innerText()).trim();
  // Width and spaces do not matter.
  const wide = words.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).split("").join("");
  await page.locator("#q").fill(wide.replace(/\s/g, ""));
  await settle(page);
  expect((await shown(page)) >= 1 && !(await row.getAttribute("hidden")), "a search by name does not find the row");
  const headings = await page.evaluate(() => {
    const above = new Set();
    let open = [];
    for (const row of document.querySelectorAll("#list tbody tr")) {
      if (row.classList.contains("group")) open = [...open.slice(0, Number(row.dataset.depth)), row];
      else if (!row.hidden) open.forEach((heading) => above.add(heading));
    }
    return [...document.querySelectorAll(".group")].every((heading) => heading.hidden !== above.has(heading));
  });
  expect(headings, "headings without rows, or rows without headings");
  const address = await page.evaluate(() => location.hash);
  const count = await shown(page);
  const again = await open({}, address);
  expect((await shown(again)) === count, "a filtered view cannot be linked");
  await page.locator("#q").fill("どこにもない語");
  await settle(page);
  expect((await shown(page)) === 0, "a search without results shows rows");
  // Numbers and years are found in every spelling.
  const spellings = await page.evaluate(() => {
    const text = document.querySelector("#list").textContent;
    const number = text.match(/[0-9]{1,3},[0-9]{3}/)?.[0];
    const reiwa = text.match(/R([0-9]{1,2})年度/);
    return [number && [number, number.replace(",", "")], reiwa && [reiwa[0], `令和${reiwa[1]}年度`],
      reiwa && [reiwa[0], `${2018 + Number(reiwa[1])}年度`]].filter(Boolean);
  });
  for (const words of spellings) {
    const found = [];
    for (const word of words) {
      await page.locator("#q").fill(word);
      await settle(page);
      found.push(await shown(page));
    }
    expect(found[0] > 0 && found[0] === found[1], `${words} find ${found} rows`);
  }
  await page.locator("#q").fill("どこにもない語");
  await settle(page);
  // A link to a row that is hidden brings it back.
  const id = await row.getAttribute("id");
  await page.evaluate((id) => (location.hash = id), id);
  await settle(page);
  expect((await shown(page)) === all, "the target of a link stays hidden");
  await page.context().close();
  await again.context().close();
}

async function keyboard() {
  const page = await open();
  const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.textContent.trim());
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement.classList.contains("skip")), "the first stop is not the skip link");
  const box = await page.locator(".skip").boundingBox();
  expect(box.x >= 0, "the skip link is not shown when it has the focus");
  const seen = new Set();
  for (let i = 0; i < 1000 && (await focused()) !== "q"; i += 1) await page.keyboard.press("Tab");
  await page.keyboard.type("No");
  await page.keyboard.press("Enter");
  await settle(page);
  expect((await page.locator("form.filtered").count()) === 1, "typing does not filter");
  for (let i = 0; i < 10; i += 1) {
    await page.keyboard.press("Tab");
    seen.add(await focused());
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    expect(outline !== "none", "a focus is not visible");
    if (await page.evaluate(() => document.activeElement.type === "reset")) break;
  }
  await page.keyboard.press("Enter");
  await settle(page);
  expect((await page.locator("form.filtered").count()) === 0, "the list is not reset by keyboard");
  await page.context().close();
}

async function withoutScript() {
  const page = await open({ javaScriptEnabled: false });
  expect((await page.locator(".kpi:visible").count()) === (await page.locator(".kpi").count()), "rows need the script");
  expect(!(await page.locator("#filter").isVisible()), "a form that does nothing is shown");
  await page.context().close();
}

async function screens() {
  for (const [width, colorScheme, forcedColors] of [[320, "light", "none"], [390, "light", "none"], [768, "dark", "none"], [960, "light", "active"], [1400, "light", "none"]]) {
    const page = await open({ viewport: { width, height: 640 }, colorScheme, forcedColors, reducedMotion: "reduce" });
    const [inner, scrolled] = await page.evaluate(() => [document.documentElement.clientWidth, document.documentElement.scrollWidth]);
    expect(scrolled <= inner, `${width} wide: scrolls sideways to ${scrolled}`);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll("a, input, select, button")]
        .map((element) => [element.textContent, element.getBoundingClientRect()])
        .filter(([, box]) => box.width > 0 && (box.width < 24 || box.height < 24)).map(([text]) => text));
    expect(small.length === 0, `${width} wide: targets under 24 pixels: ${small}`);
    const cut = await page.evaluate(() =>
      [...document.querySelectorAll("#list td, #list tbody th")].filter((cell) => cell.scrollWidth > cell.clientWidth + 1).length);
    expect(cut === 0, `${width} wide: ${cut} cells do not hold their text`);
    if (width < 960) {
      const tree = await page.locator("#list").ariaSnapshot();
      expect(tree.includes("columnheader") && tree.includes("rowheader") && tree.includes("cell"), "cards are no table");
    }
    await page.context().close();
  }
}

async function paper() {
  const page = await open();
  await page.emulateMedia({ media: "print" });
  expect(!(await page.locator("#q").isVisible()) && !(await page.locator(".formats").first().isVisible()), "controls are printed");
  const [header] = await page.locator("#list thead th").allInnerTexts();
  const pdf = `${file}.print.pdf`;
  await page.pdf({ path: pdf, preferCSSPageSize: true });
  const texts = execFileSync("pdftotext", ["-raw", pdf, "-"]).toString().split("\f").slice(0, -1);
  fs.unlinkSync(pdf);
  const squeezed = (text) => text.replace(/\s/g, "");
  texts.forEach((text, number) => {
    const hasRows = number + 1 < texts.length || squeezed(text).includes(squeezed(header));
    expect(!hasRows || squeezed(text).includes(squeezed(header)), `printed page ${number + 1} has no header`);
  });
  // A filtered list says so.
  await page.locator(".kpi").first().evaluate(() => {});
  await page.emulateMedia({ media: "screen" });
  await page.locator("#q").fill("1");
  await settle(page);
  await page.emulateMedia({ media: "print" });
  expect(await page.locator("#count").isVisible(), "a filtered list is printed as if it were whole");
  expect((await page.locator("#condition").innerText()).endsWith(": 1"), "paper does not say what was searched");
  await page.emulateMedia({ media: "screen" });
  // Numbers stay whole on every wide screen.
  const parted = await page.evaluate(() => {
    const parted = [];
    const walker = document.createTreeWalker(document.querySelector("#list tbody"), NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (const number of node.data.matchAll(/[0-9][0-9,.]*[0-9]/g)) {
        const range = document.createRange();
        range.setStart(node, number.index);
        range.setEnd(node, number.index + number[0].length);
        if (new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size > 1) parted.push(number[0]);
      }
    }
    return parted;
  });
  expect(parted.length === 0, `numbers on two lines: ${parted}`);
  await page.context().close();
}

for (file of process.argv.slice(2)) {
  for (const use of [filters, keyboard, withoutScript, screens, paper]) {
    try {
      await use();
    } catch (error) {
      expect(false, `${use.name}: ${error}`);
    }
  }
}
await browser.close();
wrong.forEach((what) => console.log(what));
process.exit(wrong.length ? 1 : 0);
