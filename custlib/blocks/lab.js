
// In JupyterLab outputs come and go: tables become lively as they appear, and prose in another language folds until its cell is
// chosen. The file stays as it is. Tags are known where JupyterLab shows its app, as `custlib lab` has it; elsewhere all prose stays.
const script = document.currentScript;
const own = script?.closest(".jp-Notebook");
if (own) own.dataset.clLang = script.dataset.lang;

function fold(cell, lang) {
  const tags = cell.model.getMetadata("tags") ?? [];
  const languages = tags.filter((tag) => tag.startsWith("lang-")).map((tag) => tag.slice(5));
  if (languages.length && !languages.includes(lang)) cell.node.dataset.clOther = NAMES[languages[0]] ?? languages[0];
  else delete cell.node.dataset.clOther;
}

function refresh() {
  enlivenAll();
  enlivenFigures();
  for (const panel of window.jupyterapp?.shell.widgets("main") ?? []) {
    const lang = panel.content?.node.dataset.clLang;
    if (lang) panel.content.widgets.forEach((cell) => fold(cell, lang));
  }
}

let soon;
window.custlibObserver?.disconnect();
window.custlibObserver = new MutationObserver(() => {
  clearTimeout(soon);
  soon = setTimeout(refresh, 50);
});
window.custlibObserver.observe(document.body, { childList: true, subtree: true });
refresh();
