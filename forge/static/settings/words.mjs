// The words of the settings form.

const EN = {
  objective: "Objective",
  objectiveHint: "Key of one objective; empty shows all of the page.",
  locale: "Language",
  localeReader: "As the reader's Confluence",
  theme: "Colours",
  themeReader: "As the reader's Confluence",
  themeLight: "Light",
  themeDark: "Dark",
  cancel: "Cancel",
  save: "Save",
  problem: "The settings could not be saved:",
};

const ZH = {
  objective: "目标",
  objectiveHint: "填写一个目标的编号；留空则显示本页面的全部目标。",
  locale: "语言",
  localeReader: "与读者的 Confluence 一致",
  theme: "颜色",
  themeReader: "与读者的 Confluence 一致",
  themeLight: "浅色",
  themeDark: "深色",
  cancel: "取消",
  save: "保存",
  problem: "设置未能保存：",
};

export function wordsFor(locale) {
  return /^zh\b/i.test(locale ?? "") ? ZH : EN;
}
