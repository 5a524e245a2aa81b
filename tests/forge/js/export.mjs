// Runs the app's export function as Forge's runtime would, with the real `@forge/api`; only the
// runtime's own function below it stands in. Arguments: the app's folder and a case as JSON with
// `payload` and what the service does: `status` and `body`, `throws`, or `silent`. Prints
// `{asked, document}`.

import { mock } from "node:test";
import { pathToFileURL } from "node:url";

const [app, given] = process.argv.slice(2);
const { payload, status, body, throws, silent } = JSON.parse(given);
let asked = null;

console.error = () => {};
globalThis.__forge_fetch__ = async (target, path, { body: sent, ...rest }) => {
  asked = { target, path, ...rest, body: JSON.parse(sent) };
  if (throws) throw new Error(throws);
  if (silent) return new Promise(() => {});
  return new Response(JSON.stringify(body), { status });
};

const { exportMacro } = await import(pathToFileURL(`${app}/src/export.js`));
if (silent) mock.timers.enable({ apis: ["setTimeout"] });
const running = exportMacro(payload);
if (silent) mock.timers.tick(15_000);
process.stdout.write(JSON.stringify({ asked, document: await running }));
