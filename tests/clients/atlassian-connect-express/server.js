// An app on Atlassian's own framework that answers the macro of the benchmark: `node server.js FACTS`.
// FACTS is a JSON file with the installed tenant and everything that the macro shows, by page.

const { createHash } = require("crypto");
const { readFileSync } = require("fs");
const path = require("path");
const bodyParser = require("body-parser");
const express = require("express");
const hbs = require("express-hbs");
const connect = require("atlassian-connect-express");

const facts = JSON.parse(readFileSync(process.argv[2], "utf8"));
const { SafeString, escapeExpression } = hbs.handlebars;

// The least that a store of atlassian-connect-express can do.
class MemoryStore {
  #kept = new Map();
  async get(name, clientKey) {
    return this.#kept.get(`${clientKey}:${name}`);
  }
  async set(name, value, clientKey) {
    this.#kept.set(`${clientKey}:${name}`, value);
    return value;
  }
  async saveInstallation(value, clientKey) {
    return this.set("clientInfo", value, clientKey);
  }
  async del(name, clientKey) {
    this.#kept.delete(`${clientKey}:${name}`);
  }
  isMemoryStore() {
    return true;
  }
}

const icons = Object.fromEntries(
  Object.entries(facts.icons).map(([name, drawn]) => [name, new SafeString(drawn)]),
);
hbs.registerHelper("icon", (name) => icons[name]);
hbs.registerHelper("initial", (name) => [...name][0]);
hbs.registerHelper("either", (one, other) => one || other);
hbs.registerHelper("noticeIcon", (tone) => (tone === "info" ? "info" : "at_risk"));
hbs.registerHelper("severityIcon", (one) => ({ E: "off_track", W: "at_risk", I: "info" })[one]);
hbs.registerHelper("bar", ({ ratio, expected, label }, tone) => {
  const fill = ratio
    ? `<rect class="okr-bar-fill" y="3" width="${Math.round(ratio * 1000) / 10}%" height="8" rx="4"/>`
    : "";
  const at = Math.round(Math.min(Math.max(expected * 100, 0.5), 99.5) * 10) / 10;
  const line = (kind) => `<line class="okr-bar-${kind}" x1="${at}%" x2="${at}%" y1="0" y2="14"/>`;
  const tick = expected === null ? "" : line("halo") + line("tick");
  return new SafeString(
    `<svg class="okr-bar okr-tone-${tone}" role="img" aria-label="${escapeExpression(label)}"` +
      ` width="100%" height="14"><rect class="okr-bar-track" y="3" width="100%" height="8"` +
      ` rx="4"/>${fill}${tick}</svg>`,
  );
});

connect.store.register("memory", () => new MemoryStore());
const app = express();
app.disable("x-powered-by");
const views = path.join(__dirname, "views");
app.engine("hbs", hbs.express4({ partialsDir: path.join(views, "partials") }));
app.set("views", views);
app.set("view engine", "hbs");

const production = { store: { adapter: "memory" }, localBaseUrl: facts.baseUrl };
const addon = connect(app, { config: { product: "confluence", production } }, undefined, {
  descriptorFilename: facts.descriptor,
});

const tagOf = (page, objective) => {
  const today = new Date().toISOString().slice(0, 10);
  const known = [facts.tenant.clientKey, page, objective, facts.views[page].revision, today];
  return createHash("sha1").update(known.join("\0")).digest("hex");
};

app.get("/bare", (_, res) => res.type("text/plain").send("ok"));
app.use(bodyParser.json());
app.use(bodyParser.urlencoded({ extended: false }));
app.use(addon.middleware());
app.get("/macros/objective", addon.authenticate(), (req, res) => {
  const found = facts.views[req.query.page];
  if (!found) return res.status(404).end();
  const tag = tagOf(req.query.page, req.query.objective);
  res.set(facts.headers).set("ETag", `"${tag}"`);
  if (req.fresh) return res.status(304).end();
  return res.render("macro", {
    view: found.view,
    words: facts.words,
    assets: facts.assets,
    now: new Date().toISOString(),
    tag,
  });
});

addon.settings.saveInstallation(facts.tenant, facts.tenant.clientKey).then(() => {
  const server = app.listen(0, "127.0.0.1", () => {
    process.stdout.write(`${server.address().port}\n`);
  });
});
