// Which settings each module has, as in manifest.yml and atlassian-connect.json.

const SETTINGS = {
  "okr-objective": ["objective", "locale", "theme"],
  "okr-board": ["cycle", "level", "space", "locale", "theme"],
  "okr-issue": [],
};

/** The names of the settings of a module; its key may be longer where its settings are shown. */
export function settingsOf(moduleKey) {
  const known = Object.keys(SETTINGS).find((key) => moduleKey?.startsWith(key));
  return SETTINGS[known] ?? [];
}

/** What was chosen for the module, what was left empty left out. */
export function chosen(moduleKey, extension) {
  const { config = {}, space } = extension ?? {};
  const given = settingsOf(moduleKey).map((name) => [name, config[name]]);
  return Object.fromEntries(
    given
      .filter(([, value]) => value)
      // As a Connect macro says "this space".
      .map(([name, value]) => [name, value === "currentSpace()" ? (space?.key ?? "") : value]),
  );
}
