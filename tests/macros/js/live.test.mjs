import assert from "node:assert/strict";
import test from "node:test";

import {
  ageText,
  changedNumbers,
  headerTag,
  nextDelay,
  said,
  verdict,
} from "../../../macros/static/live.mjs";

const PATTERNS = {
  now: "刚刚",
  minute: "{count} minute ago",
  minutes: "{count} minutes ago",
  hour: "{count} hour ago",
  hours: "{count} hours ago",
  day: "{count} day ago",
  days: "{count} days ago",
};
const SECOND = 1000;
const DAY = 24 * 3600 * SECOND;

test("asks each second, and ever more rarely while nobody answers", () => {
  const delays = [0, 1, 2, 3, 4, 5, 6, 7, 50].map(nextDelay);

  assert.deepEqual(delays, [1, 1, 2, 4, 8, 16, 30, 30, 30].map((s) => s * SECOND));
});

test("only a new page or a refusal replaces what is shown", () => {
  assert.equal(verdict(304), "same");
  assert.deepEqual([200, 401, 403, 404, 410].map(verdict), Array(5).fill("replace"));
  assert.deepEqual([204, 302, 429, 500, 503].map(verdict), Array(5).fill("retry"));
});

test("a tag is quoted once", () => {
  assert.deepEqual(["abc", '"abc"', 'W/"abc"', ""].map(headerTag), [
    '"abc"',
    '"abc"',
    'W/"abc"',
    "",
  ]);
});

test("a phrase keeps names it does not know", () => {
  assert.equal(said("{title}：{percent} {x}", { title: "{percent}", percent: "5%" }), "{percent}：5% {x}");
});

test("ages read as the server says them", () => {
  const ages = [-5, 0, 59, 60, 3599, 3600, 7200].map((s) => ageText(0, s * SECOND, PATTERNS));

  assert.deepEqual(ages, [
    "刚刚",
    "刚刚",
    "刚刚",
    "1 minute ago",
    "59 minutes ago",
    "1 hour ago",
    "2 hours ago",
  ]);
  assert.equal(ageText(0, 29 * DAY, PATTERNS), "29 days ago");
  assert.equal(ageText(0, 30 * DAY, PATTERNS), null);
});

test("says only numbers that were there before and changed", () => {
  const before = [
    { key: "a", percent: "10%" },
    { key: "b", percent: "20%" },
  ];
  const after = [
    { key: "a", percent: "10%" },
    { key: "b", percent: "25%" },
    { key: "c", percent: "5%" },
  ];

  assert.deepEqual(changedNumbers(before, after), [{ key: "b", percent: "25%" }]);
});
