// Opens a page in headless Chromium: page.cjs CHROMIUM FILE [SCREENSHOT]. No console message, no request, and filters that filter.
const { chromium } = require("playwright-core");
const assert = require("node:assert");
const { pathToFileURL } = require("node:url");

(async () => {
  const [executablePath, file, screenshot] = process.argv.slice(2);
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  const page = await browser.newPage({ viewport: { width: 960, height: 760 } });
  const said = [];
  const address = pathToFileURL(file).href;
  page.on("console", (m) => said.push(m.text()));
  page.on("pageerror", (e) => said.push(String(e)));
  page.on("dialog", (d) => { said.push("a dialog: " + d.message()); d.dismiss(); });
  page.on("request", (r) => { if (r.url() !== address) said.push("asks for " + r.url()); });
  await page.goto(address);
  const seen = () => page.locator(".finding:visible").count();
  const all = await page.locator(".finding").count();
  if (all > 0) {
    assert.strictEqual(await seen(), all, "all are shown at first");
    assert.ok(await page.locator("#filters").isVisible(), "the filters are shown");
    const rule = await page.locator("#rule option").nth(1).getAttribute("value");
    await page.selectOption("#rule", rule);
    const ofRule = await page.locator(`.finding[data-rule="${rule}"]`).count();
    assert.strictEqual(await seen(), ofRule, "filtered by rule");
    assert.ok(ofRule < all);
    await page.selectOption("#rule", "");
    await page.uncheck("#filters input[value=warning]");
    assert.strictEqual(await seen(), await page.locator('.finding:not([data-severity="warning"])').count(), "filtered by severity");
    await page.check("#filters input[value=warning]");
    await page.fill("#words", "Ibid");
    const found = await seen();
    assert.ok(found > 0 && found < all, `filtered by words: ${found} of ${all}`);
    assert.strictEqual(await page.locator("#shown").textContent(), `${found} of ${all}`);
    await page.fill("#words", "");
    assert.ok((await page.locator(".note svg circle").count()) > 0, "chains are drawn");
    for (const link of await page.locator(".note a").all()) {
      const to = await link.getAttribute("href");
      assert.strictEqual(await page.locator(`[id="${to.slice(1)}"]`).count(), 1, `${to} leads somewhere`);
      break;
    }
    await page.emulateMedia({ media: "print" });
    assert.ok(!(await page.locator("#filters").isVisible()), "no filters in print");
    assert.strictEqual(await seen(), all);
    await page.emulateMedia({ media: "screen", colorScheme: "dark" });
    const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.strictEqual(colour, "rgb(25, 24, 22)", "dark where dark is wished");
    await page.emulateMedia({ colorScheme: "light" });
    if (screenshot) {
      const chain = page.locator(".note", { has: page.locator("circle") }).nth(6);
      await chain.evaluate((e) => window.scrollTo(0, e.getBoundingClientRect().top + window.scrollY - 80));
      await page.screenshot({ path: screenshot });
    }
  } else {
    assert.ok((await page.locator(".query").count()) > 0, "there are queries");
  }
  assert.deepStrictEqual(said, [], "nothing on the console, nothing fetched");
  await browser.close();
})().catch((error) => { console.error(String(error.stack || error)); process.exit(1); });
