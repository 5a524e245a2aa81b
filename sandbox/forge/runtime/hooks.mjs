// What an app's function imports from Forge is ours.
const OURS = new URL("./api.mjs", import.meta.url).href;

export async function resolve(specifier, context, next) {
  if (specifier === "@forge/api") return { url: OURS, shortCircuit: true };
  return next(specifier, context);
}
