// What stands for the macro where nothing can run: in Word, in the history of a page, in mails.
// https://developer.atlassian.com/platform/forge/manifest-reference/modules/macro/

import { invokeRemote } from "@forge/api";
import { unavailable } from "./unavailable.js";

const SERVICE = "okr-service";
// A function may run for 25 s; a document that waits longer is not worth its reader's time.
const PATIENCE = 15_000;

/** The document (ADF) of one macro; never fails, for one macro must not spoil the whole export. */
export async function exportMacro(payload) {
  try {
    return await within(PATIENCE, ask(question(payload)));
  } catch (error) {
    console.error(`okr.export.failed ${error.message}`);
    return unavailable(payload?.config?.locale || payload?.context?.locale);
  }
}

const SETTINGS = ["objective", "cycle", "level", "space", "locale"];

/** The body for /forge/export, as schemas/forge-export.schema.json describes it. */
function question({ config, context, exportType }) {
  const space = config?.space === "currentSpace()" ? context.space?.key : config?.space;
  const given = { locale: context.locale, ...config, ...(config?.space && { space }) };
  const chosen = SETTINGS.map((name) => [name, given[name]]).filter(([, value]) => value);
  return {
    page: context.content.id,
    macro: context.moduleKey,
    exportType,
    ...Object.fromEntries(chosen),
  };
}

async function ask(body) {
  const answer = await invokeRemote(SERVICE, {
    path: "/forge/export",
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
  const { adf } = await answer.json();
  if (adf?.type !== "doc") throw new Error("answered no document");
  return adf;
}

async function within(patience, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("answered too late")), patience);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
