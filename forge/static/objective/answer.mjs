// What the service's answer means, as the bridge hands it over: `{status, headers, body}`.

const REFUSED = [401, 403, 404, 410];

/**
 * `kind` is "show" with `html` and `etag`, "same", "refused" with `status`, or "failed" for all that
 * may go better next time. The service's side is schemas/forge-answer.schema.json.
 */
export function meaning(response) {
  const { status, body } = response ?? {};
  if (status === 200 && body?.unchanged === true) return { kind: "same" };
  if (status === 200 && typeof body?.html === "string" && typeof body.etag === "string") {
    return { kind: "show", html: body.html, etag: body.etag };
  }
  return REFUSED.includes(status) ? { kind: "refused", status } : { kind: "failed" };
}
