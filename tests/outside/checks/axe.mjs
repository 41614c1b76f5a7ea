// What axe-core says of pages against WCAG 2.2 AA, in Chromium without a network.
//   node axe.mjs page.html ...     one line a page, what is wrong below it, and exit code 1
// KAITEI_TOOLS is a folder with the npm packages axe-core and playwright-core, CHROME Chromium's binary.
import { createRequire } from "node:module";
import fs from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(path.join(process.env.KAITEI_TOOLS, "x.js"));
const { chromium } = require("playwright-core");
const axeCore = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

// A browser that dies without a word would leave the script waiting for ever.
setTimeout(() => (console.error("Chromium does not answer"), process.exit(1)), 900_000).unref();

const browser = await chromium.launch({ executablePath: process.env.CHROME, args: ["--no-sandbox"] });
let isWrong = process.argv.length < 3;
for (const file of process.argv.slice(2)) {
  const context = await browser.newContext({ locale: "ja-JP", offline: true });
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (message) => message.type() === "error" && wrong.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => wrong.push(String(error)));
  await page.goto(pathToFileURL(path.resolve(file)).href);
  await page.evaluate(axeCore);
  const result = await page.evaluate(
    (tags) => window.axe.run(document, { resultTypes: ["violations"], runOnly: { type: "tag", values: tags } }),
    tags,
  );
  for (const { id, impact, help, nodes } of result.violations) {
    wrong.push(`${id} (${impact}): ${help}, ${nodes.length} times, first at ${nodes[0].target.join(" ")}`);
  }
  if (result.passes.length === 0) wrong.push("no rule applies to the page");
  console.log(`${wrong.length ? "FAIL" : "PASS"} ${file}`);
  wrong.forEach((what) => console.log(`  ${what}`));
  isWrong ||= wrong.length > 0;
  await context.close();
}
await browser.close();
process.exit(isWrong ? 1 : 0);
