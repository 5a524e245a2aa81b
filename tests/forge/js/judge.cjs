// Judges the manifest.yml in each folder by npm `@forge/manifest`. Prints, in order, `{errors,
// content, events}`: what is wrong, the manifest with its variables filled in, and for each event
// the scopes that it asks for and that the manifest lacks.

const path = require("node:path");
const [packages, ...folders] = process.argv.slice(2);
const forge = require(path.join(packages, "@forge/manifest"));
const { FULL, FORGE_REMOTE_COMPUTE, PRODUCT_TRIGGER } = forge.ValidationTypes;

async function judge(folder) {
  process.chdir(folder);
  const errors = [];
  let content = null;
  for (const type of [FULL, FORGE_REMOTE_COMPUTE, PRODUCT_TRIGGER]) {
    const result = await forge.ProcessorBuilder.instance().withValidation(type).build().process();
    errors.push(...(result.errors ?? []).map((error) => error.message));
    content = result.manifestObject?.typedContent ?? content;
  }
  return { errors: [...new Set(errors)], content, events: await scopes(content) };
}

async function scopes(content) {
  const events = (content?.modules?.trigger ?? []).flatMap((trigger) => trigger.events);
  const judged = events.map(async (event) => {
    const { missingScopes, requiredScopes } = await forge.validateTriggerScopes(
      event,
      content.permissions.scopes,
    );
    return [event, { required: requiredScopes?.current ?? null, missing: missingScopes }];
  });
  return Object.fromEntries(await Promise.all(judged));
}

(async () => {
  const all = [];
  for (const folder of folders) all.push(await judge(folder));
  process.stdout.write(JSON.stringify(all));
})();
