// The settings of a macro, as its author sees them when the macro is edited.
// https://developer.atlassian.com/platform/forge/add-custom-configuration-to-a-macro/

import { view } from "@forge/bridge";
import { chosen, settingsOf } from "../parameters.mjs";
import { wordsFor } from "./words.mjs";

const form = document.getElementById("settings");
const problem = document.getElementById("problem");
const fields = () => [...form.elements].filter((element) => element.name);

function label(words) {
  document.documentElement.lang = words === wordsFor("zh") ? "zh-CN" : "en";
  for (const element of form.querySelectorAll("[data-say]")) {
    element.textContent = words[element.dataset.say];
  }
}

/** Only what this macro has, with what stands in it. */
function fill({ moduleKey, extension }) {
  const names = settingsOf(moduleKey);
  const given = chosen(moduleKey, extension);
  for (const field of fields()) {
    if (names.includes(field.name)) field.value = given[field.name] ?? "";
    else field.closest("label").remove();
  }
}

/** What was left empty is left out, as in a Connect macro. */
function filledIn() {
  const given = fields().map((field) => [field.name, field.value.trim()]);
  return Object.fromEntries(given.filter(([, value]) => value));
}

async function save(words) {
  problem.hidden = true;
  try {
    await view.submit({ config: filledIn() });
  } catch (error) {
    problem.textContent = `${words.problem} ${error.message}`;
    problem.hidden = false;
  }
}

async function begin() {
  const [context] = await Promise.all([view.getContext(), view.theme.enable()]);
  const words = wordsFor(context.locale);
  label(words);
  fill(context);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    save(words);
  });
  document.getElementById("cancel").addEventListener("click", () => view.close());
  form.hidden = false;
  fields()[0]?.focus();
}

begin();
