// What the shell itself says; the macro's own words come from the service.

const EN = {
  loading: "Loading OKRs…",
  failed: "The OKRs cannot be shown at the moment.",
  failedWhy: "The OKR service did not answer. It is asked again by itself.",
  retry: "Try again",
  401: "The OKR service does not know this app.",
  "401Why": "An administrator compares OKR_FORGE_APP_ID of the service with the id of the app.",
  403: "You may not see these OKRs.",
  "403Why": "Ask somebody who may read the page to share it with you.",
  404: "There are no OKRs here.",
  "404Why": "The page may be new, moved or not shared with you.",
  offline: "Not connected at the moment. Last updated:",
};

const ZH = {
  loading: "正在加载 OKR…",
  failed: "暂时无法显示 OKR。",
  failedWhy: "OKR 服务没有响应，稍后会自动重试。",
  retry: "重试",
  401: "OKR 服务不认识此应用。",
  "401Why": "请管理员核对服务的 OKR_FORGE_APP_ID 与应用的 ID。",
  403: "你无权查看这些 OKR。",
  "403Why": "请让有权阅读此页面的人与你共享。",
  404: "这里没有 OKR。",
  "404Why": "页面可能是新建的、已移动，或未与你共享。",
  offline: "暂时无法连接。最近更新：",
};

const chinese = (locale) => /^zh\b/i.test(locale ?? "");

/** `say(key)` in Chinese for any Chinese locale, in English for every other. */
export function wordsFor(locale) {
  const words = chinese(locale) ? ZH : EN;
  return (key) => words[key === 410 ? 404 : key] ?? words[key === "410Why" ? "404Why" : key];
}

/** The language of the shell itself, for `lang`. */
export function languageOf(locale) {
  return chinese(locale) ? "zh-CN" : "en";
}
