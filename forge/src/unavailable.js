// The document that an export holds when the service did not give one.

const SENTENCES = {
  en: "The OKRs of this page could not be fetched for this export. Open the page in Confluence to see them.",
  zh: "导出时未能获取本页面的 OKR。请在 Confluence 中打开页面查看。",
};

/** One paragraph, in Chinese for any Chinese locale, in English for every other. */
export function unavailable(locale) {
  const text = /^zh\b/i.test(locale ?? "") ? SENTENCES.zh : SENTENCES.en;
  return {
    version: 1,
    type: "doc",
    content: [{ type: "paragraph", content: [{ type: "text", text, marks: [{ type: "em" }] }] }],
  };
}
