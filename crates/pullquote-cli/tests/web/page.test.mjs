// The page in a browser: what a click, a key and a small screen do.
// PULLQUOTE is the command, CHROMIUM the browser; `.ci/run` sets both.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = fileURLToPath(new URL("../../../../", import.meta.url));
const pullquote = process.env.PULLQUOTE ?? `${root}target/release/pullquote`;
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
  "--disable-background-networking", "--disable-component-update", "--disable-sync"];

let browser;
const html = execFileSync(pullquote, ["--format", "html", `${root}examples/articles/broadsheet-damaged.txt`], { encoding: "utf8" });

before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: flags });
});
after(() => browser?.close());

async function open(options = {}) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  page.problems = [];
  page.on("pageerror", (error) => page.problems.push(String(error)));
  page.on("console", (message) => message.type() === "error" && page.problems.push(message.text()));
  page.on("request", (request) => request.url().startsWith("http") && page.problems.push(request.url()));
  await page.setContent(html);
  return page;
}

const shown = (page) => page.locator("#quotes li:visible").count();

test("a click on a speaker filters the quotes, another shows all again", async () => {
  const page = await open();
  const all = await shown(page);
  const button = page.locator("#speakers button").first();
  const name = await button.locator(".name").textContent();
  const own = Number((await button.locator(".count").textContent()).match(/^(\d+) quote/)[1]);
  assert.ok(own > 0 && own < all, `${own} of ${all}`);
  await button.click();
  assert.equal(await shown(page), own);
  assert.equal(await button.getAttribute("aria-pressed"), "true");
  for (const who of await page.locator("#quotes li:visible b").allTextContents()) assert.equal(who, name);
  const washed = (selector) => page.locator(selector).first().evaluate((e) => getComputedStyle(e).backgroundColor);
  assert.notEqual(await washed(".q.mine"), "rgba(0, 0, 0, 0)");
  assert.equal(await washed(".q:not(.mine)"), "rgba(0, 0, 0, 0)");
  await button.click();
  assert.equal(await shown(page), all);
  assert.deepEqual(page.problems, []);
});

test("hovering over a quote tells rule and confidence", async () => {
  const page = await open();
  await page.locator(".q").first().hover();
  assert.match(await page.locator("#tip").textContent(), /^.+ · (direct|mixed|indirect).* · rule \S+ · confidence \d\.\d\d$/);
  assert.ok(await page.locator("#tip").isVisible());
  await page.mouse.move(0, 0);
  assert.ok(await page.locator("#tip").isHidden());
});

test("the keyboard reaches every quote and every speaker", async () => {
  const page = await open();
  await page.keyboard.press("j");
  const focused = () => page.evaluate(() => document.activeElement.id);
  assert.equal(await focused(), "q0");
  assert.ok(await page.locator("#tip").isVisible());
  await page.keyboard.press("j");
  assert.equal(await focused(), "q1");
  await page.keyboard.press("k");
  assert.equal(await focused(), "q0");
  await page.locator("#speakers button").nth(1).focus();
  await page.keyboard.press("Enter");
  const own = await shown(page);
  await page.keyboard.press("Escape");
  assert.ok(own < await shown(page));
  // What is not shown is passed over.
  await page.locator("#speakers button").nth(1).click();
  await page.keyboard.press("j");
  const speaker = await page.locator("#speakers button").nth(1).getAttribute("data-s");
  const id = (await focused()).replace("q", "i");
  assert.equal(await page.locator(`#${id}`).getAttribute("data-s"), speaker);
});

test("a small screen needs no scrolling sideways", async () => {
  const page = await open({ viewport: { width: 360, height: 740 }, hasTouch: true });
  const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(wide <= room, `${wide} > ${room}`);
  await page.locator(".q").first().tap();
  assert.ok(await page.locator("#tip").isVisible());
  const panel = await page.locator("#panel").boundingBox();
  const article = await page.locator("article").boundingBox();
  assert.ok(panel.y >= article.y + article.height - 1);
});

test("light and dark both have enough contrast", async () => {
  for (const colorScheme of ["light", "dark"]) {
    const page = await open({ colorScheme });
    const worst = await page.evaluate(() => {
      const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
      const rgb = (colour, under = [255, 255, 255]) => {
        canvas.fillStyle = `rgb(${under.join(" ")})`;
        canvas.fillRect(0, 0, 1, 1);
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
      };
      const light = (c) => c.map((v) => v / 255).map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
      const ground = (e) => {
        const under = e.parentElement ? ground(e.parentElement) : [255, 255, 255];
        return rgb(getComputedStyle(e).backgroundColor, under);
      };
      let worst = [99, ""];
      for (const e of document.querySelectorAll("h1, p, .q, .cue, .src, .name, .title, .count, b, small, a, footer")) {
        if (!e.checkVisibility()) continue;
        const [a, b] = [light(rgb(getComputedStyle(e).color)), light(ground(e))];
        const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        if (contrast < worst[0]) worst = [contrast, e.outerHTML.slice(0, 80)];
      }
      return worst;
    });
    // WCAG 2.2, success criterion 1.4.3.
    assert.ok(worst[0] >= 4.5, `${colorScheme}: ${worst}`);
  }
});
