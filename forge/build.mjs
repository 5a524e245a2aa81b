// Builds the two frames of the app into build/: their scripts bundled with the Forge bridge, and the
// style sheets of the service's macros beside them, for a frame of Forge loads nothing from us.

import { copyFile, cp, mkdir, rm } from "node:fs/promises";
import { build } from "esbuild";

const here = new URL("./", import.meta.url);
const macros = new URL("../macros/static/", here);
const FRAMES = {
  objective: ["tokens.css", "macro.css", "objective.css", "board.css", "panel.css"],
  settings: ["tokens.css", "macro.css"],
};

async function frame(name, styles) {
  const from = new URL(`static/${name}/`, here);
  const to = new URL(`build/${name}/`, here);
  await mkdir(to, { recursive: true });
  await cp(from, to, { recursive: true, filter: (file) => !file.endsWith(".mjs") });
  await copyFile(new URL("static/shell.css", here), new URL("shell.css", to));
  for (const style of styles) await copyFile(new URL(style, macros), new URL(style, to));
  await build({
    entryPoints: [new URL("main.mjs", from).pathname],
    outfile: new URL("main.js", to).pathname,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    legalComments: "linked",
    logLevel: "warning",
  });
}

await rm(new URL("build/", here), { recursive: true, force: true });
await Promise.all(Object.entries(FRAMES).map(([name, styles]) => frame(name, styles)));
