// The words of the settings form.

const EN = {
  objective: "Objective",
  objectiveHint: "Key of one objective; empty shows all of the page.",
  cycle: "Cycle",
  cycleHint: "Such as 2026-Q4; empty shows all that run today.",
  level: "Level",
  levelAll: "All levels",
  company: "Company",
  department: "Department",
  team: "Team",
  individual: "Individual",
  space: "Space",
  spaceHint: "Key of a space; empty shows the whole site.",
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
  cycle: "周期",
  cycleHint: "例如 2026-Q4；留空则显示今天正在进行的全部周期。",
  level: "层级",
  levelAll: "全部层级",
  company: "公司",
  department: "部门",
  team: "团队",
  individual: "个人",
  space: "空间",
  spaceHint: "填写空间的键；留空则显示整个站点。",
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
