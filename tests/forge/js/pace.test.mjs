import assert from "node:assert/strict";
import test from "node:test";

import { meaning } from "../../../forge/static/objective/answer.mjs";
import { delay, keepAsking } from "../../../forge/static/objective/pace.mjs";
import { languageOf, wordsFor } from "../../../forge/static/objective/words.mjs";

const EVEN = () => 0.5;

test("asks soon after news, half as long again without any, twice a minute at rest", () => {
  const delays = [0, 1, 2, 3, 4, 5, 99].map((quiet) => delay({ quiet, failures: 0 }, 0.5));

  assert.deepEqual(delays, [5000, 7500, 11250, 16875, 25313, 30000, 30000]);
});

test("asks ever more rarely while it fails", () => {
  const delays = [1, 2, 3, 7, 99].map((failures) => delay({ quiet: 0, failures }, 0.5));

  assert.deepEqual(delays, [5000, 10_000, 20_000, 300_000, 300_000]);
});

test("600 frames at rest stay within what Forge allows in a minute, whatever chance says", () => {
  const shortest = delay({ quiet: 99, failures: 0 }, 0);
  const average = delay({ quiet: 99, failures: 0 }, 0.5);

  assert.equal(shortest, 27_000);
  assert.ok((600 * 60_000) / average <= 1200);
  assert.ok((100 * 60_000) / delay({ quiet: 0, failures: 0 }, 0.5) <= 1200);
});

/** Answers as told, counting; time passes by `pass(ms)`, in which promises settle too. */
function stage(t, outcomes) {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const seen = { asked: 0 };
  const asking = keepAsking(async () => {
    seen.asked += 1;
    return outcomes[Math.min(seen.asked, outcomes.length) - 1];
  }, EVEN);
  async function pass(ms) {
    for (let passed = 0; passed < ms; passed += 500) {
      t.mock.timers.tick(500);
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    }
  }
  return { asking, seen, pass };
}

test("nothing is asked until somebody looks", async (t) => {
  const { seen, pass } = stage(t, ["news"]);
  await pass(60_000);

  assert.equal(seen.asked, 0);
});

test("a frame at rest asks twice a minute", async (t) => {
  const { asking, seen, pass } = stage(t, ["news", "same", "same", "same", "same", "same", "same"]);
  asking.look(true);
  await pass(100_000);
  const before = seen.asked;
  await pass(120_000);

  assert.equal(seen.asked - before, 4);
});

test("news makes it ask soon again", async (t) => {
  const { asking, seen, pass } = stage(t, ["same", "same", "same", "same", "same", "same", "news"]);
  asking.look(true);
  await pass(130_000);
  const before = seen.asked;
  await pass(60_000);

  assert.ok(seen.asked - before >= 10, `${seen.asked - before}`);
});

test("it stops when nobody looks and goes on at once when somebody does", async (t) => {
  const { asking, seen, pass } = stage(t, ["news"]);
  asking.look(true);
  await pass(1000);
  asking.look(false);
  await pass(600_000);
  assert.equal(seen.asked, 1);

  asking.look(true);
  await pass(1000);
  assert.equal(seen.asked, 2);
});

test("looking away and back does not make it ask more", async (t) => {
  const { asking, seen, pass } = stage(t, ["same"]);
  for (let time = 0; time < 60; time += 1) {
    asking.look(true);
    await pass(500);
    asking.look(false);
    await pass(500);
  }

  assert.ok(seen.asked <= 12, `${seen.asked}`);
});

test("looking again does not shorten the wait after failures", async (t) => {
  const { asking, seen, pass } = stage(t, ["failed"]);
  asking.look(true);
  await pass(40_000);
  const before = seen.asked;
  asking.look(false);
  asking.look(true);
  await pass(1000);

  assert.equal(seen.asked, before);
});

test("what was wanted during a question is asked right after it", async (t) => {
  let release;
  let asked = 0;
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const asking = keepAsking(() => {
    asked += 1;
    return new Promise((resolve) => {
      release = resolve;
    });
  }, EVEN);
  asking.look(true);
  t.mock.timers.tick(1);
  asking.now();
  assert.equal(asked, 1);
  release("news");
  for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  t.mock.timers.tick(1);

  assert.equal(asked, 2);
});

test("an answer means what its status and body say", () => {
  const document = { html: "<main>", etag: "a" };

  assert.deepEqual(meaning({ status: 200, body: document }), { kind: "show", ...document });
  assert.deepEqual(meaning({ status: 200, body: { unchanged: true } }), { kind: "same" });
  for (const status of [401, 403, 404, 410]) {
    assert.deepEqual(meaning({ status, body: { title: "no" } }), { kind: "refused", status });
  }
  const odd = [undefined, null, {}, { status: 200 }, { status: 200, body: { html: "<main>" } }];
  for (const one of [...odd, { status: 429 }, { status: 503, body: {} }, { message: "limit" }]) {
    assert.deepEqual(meaning(one), { kind: "failed" });
  }
});

test("each sentence is said in both languages", () => {
  for (const key of ["loading", "failed", "failedWhy", "retry", "offline", 401, 403, 404, 410]) {
    const keys = typeof key === "number" ? [key, `${key}Why`] : [key];
    for (const one of keys) {
      const [en, zh] = [wordsFor("en-US")(one), wordsFor("zh-CN")(one)];
      assert.match(zh, /\p{Script=Han}/u);
      assert.match(en, /^[A-Z]/);
    }
  }
  assert.deepEqual(["zh-CN", "zh-TW", "de-DE", undefined].map(languageOf), [
    "zh-CN",
    "zh-CN",
    "en",
    "en",
  ]);
});
