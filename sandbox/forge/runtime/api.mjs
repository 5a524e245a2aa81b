// Stands in for @forge/api: the part by which a function calls the app's own server.
export async function invokeRemote(key, { path, ...init }) {
  const remote = globalThis.__remotes[key];
  if (!remote) throw new Error(`there is no remote '${key}'`);
  const given = Object.fromEntries(new Headers(init.headers).entries());
  const url = `${remote.base.replace(/\/+$/, "")}/${String(path).replace(/^\/+/, "")}`;
  return fetch(url, { ...init, headers: { ...given, ...remote.headers }, redirect: "manual" });
}

export default { invokeRemote };
