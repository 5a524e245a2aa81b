// What keeping a macro fresh means, without a browser: no document, no clock, no network here.

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const LONG_AGO = 30 * DAY;
const SLOWEST = 30 * SECOND;
const HOSTS_OWN = ["jwt", "xdm_e", "xdm_c", "xdm_deprecated_addon_key_do_not_use", "cp", "lic", "cv"];

/** Milliseconds until the next question: each second, after failures 1, 2, 4 … 30 s. */
export function nextDelay(failures) {
  return failures === 0 ? SECOND : Math.min(SECOND * 2 ** (failures - 1), SLOWEST);
}

/**
 * What an answer means: "same", "replace" or "retry".
 * Gone and forbidden replace too, so that nothing stays on show that may no longer be read.
 */
export function verdict(status) {
  if (status === 304) return "same";
  return [200, 401, 403, 404, 410].includes(status) ? "replace" : "retry";
}

/** An entity tag as it stands in the header; weak and strong ones as they came. */
export function headerTag(tag) {
  return tag && !/^(W\/)?"/.test(tag) ? `"${tag}"` : tag;
}

/** An address of ours without what the host put there: its proof ends, and ours goes in a header. */
export function ownAddress(address) {
  const url = new URL(address);
  for (const name of HOSTS_OWN) url.searchParams.delete(name);
  return url.href;
}

/** A phrase with its facts filled in; names that are not known stay as they are. */
export function said(pattern, facts) {
  return pattern.replace(/\{(\w+)\}/g, (whole, name) => (name in facts ? facts[name] : whole));
}

/** "3 days ago" in the words of the server, or null from 30 days on. Both in milliseconds. */
export function ageText(then, now, patterns) {
  const age = Math.max(now - then, 0);
  if (age >= LONG_AGO) return null;
  for (const [unit, name] of [[DAY, "day"], [HOUR, "hour"], [MINUTE, "minute"]]) {
    if (age >= unit) {
      const count = Math.floor(age / unit);
      return said(patterns[count === 1 ? name : `${name}s`], { count: String(count) });
    }
  }
  return patterns.now;
}

/** Numbers that were there before and read differently now: what is worth saying aloud. */
export function changedNumbers(before, after) {
  return after.filter((one) => {
    const old = before.find((other) => other.key === one.key);
    return old !== undefined && old.percent !== one.percent;
  });
}
