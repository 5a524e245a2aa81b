// How often a frame asks the service, and when it does not. No document and no bridge here.
//
// Forge lets the users of one installation invoke the app 1,200 times a minute
// (https://developer.atlassian.com/platform/forge/changelog/#CHANGE-3006). A frame that somebody
// looks at asks 12 times a minute while its numbers move and twice a minute at rest, so 100 frames
// may move or 600 rest at once; one that nobody looks at asks nothing.

const SHORTEST = 5_000;
const LONGEST = 30_000;
const LONGEST_FAILING = 300_000;

/**
 * Milliseconds until the next question: 5 s after news, half as long again after each answer
 * without any up to 30 s, doubled after each failure up to 5 min. `chance` (0 to 1) spreads frames
 * that began together by a tenth either way.
 */
export function delay({ quiet, failures }, chance) {
  const wanted = failures
    ? Math.min(SHORTEST * 2 ** (failures - 1), LONGEST_FAILING)
    : Math.min(SHORTEST * 1.5 ** quiet, LONGEST);
  return Math.round(wanted * (0.9 + 0.2 * chance));
}

/**
 * Asks again and again while somebody looks. `ask` resolves to "news", "same" or "failed" and
 * never rejects. `look(true)` begins, soon if the last answer is old; `look(false)` ends; `now()`
 * does not wait.
 */
export function keepAsking(ask, chance = Math.random) {
  let looking = false;
  let asking = false;
  let timer = 0;
  let asked = -Infinity;
  let due = 0;
  let quiet = 0;
  let failures = 0;
  let wanted = false;

  function arm() {
    clearTimeout(timer);
    if (looking && !asking) timer = setTimeout(turn, Math.max(due - Date.now(), 0));
  }

  async function turn() {
    asking = true;
    wanted = false;
    asked = Date.now();
    const outcome = await ask();
    asking = false;
    quiet = outcome === "same" ? quiet + 1 : 0;
    failures = outcome === "failed" ? failures + 1 : 0;
    if (!wanted) due = Date.now() + delay({ quiet, failures }, chance());
    arm();
  }

  return {
    look(now) {
      if (now && !looking && !failures) due = Math.min(due, asked + SHORTEST);
      looking = now;
      arm();
    },
    now() {
      wanted = true;
      due = 0;
      arm();
    },
  };
}
