// Runs one function of a Forge app: the question on stdin, the answer as the last line on stdout.
import { register } from "node:module";
import { pathToFileURL } from "node:url";

register("./hooks.mjs", import.meta.url);

let text = "";
for await (const part of process.stdin) text += part;
const { file, name, payload, context, remotes } = JSON.parse(text);
globalThis.__remotes = remotes;
console.log = console.error;
const module = await import(pathToFileURL(file).href);
const answer = await module[name](payload, context);
process.stdout.write(`\n${JSON.stringify(answer ?? null)}\n`, () => process.exit(0));
