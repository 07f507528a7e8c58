// Tables with data-limit: sort by a click on a header, search, and show the rest of the rows. No dependency.
// WORDS, language → key → text, stands before this: words/blocks.csv.

function element(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}

function key(cell) {
  if (cell.dataset.v === undefined) return cell.textContent.trim() === "–" ? null : cell.textContent.trim();
  return cell.dataset.v === "" ? null : Number(cell.dataset.v);
}

function compare(one, other) {
  return typeof one === "number" ? one - other : one.localeCompare(other, "zh"); // names are Chinese in every language
}

function enliven(table) {
  const words = WORDS[table.lang] ?? WORDS.en;
  const limit = Number(table.dataset.limit);
  table.dataset.lively = "";
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const search = element("input", { type: "search", placeholder: words.search, ariaLabel: words.search });
  const count = element("span", { ariaLive: "polite" });
  const more = element("button", { type: "button" });
  let all = false;

  function show() {
    const sought = search.value.trim().toLowerCase();
    let found = 0;
    for (const row of body.rows) {
      row.hidden = !row.textContent.toLowerCase().includes(sought);
      if (!row.hidden) found += 1;
      row.classList.toggle("cl-more", !all && found > limit);
    }
    count.textContent = (found === 1 ? words.row_one : words.row_more).replace("{count}", found);
    more.textContent = all ? words.fewer : words.all;
    more.hidden = found <= limit;
  }

  function sortBy(head) {
    const column = head.cellIndex;
    const first = head.classList.contains("cl-number") ? "descending" : "ascending";
    const other = first === "ascending" ? "descending" : "ascending";
    const direction = head.ariaSort === first ? other : first;
    heads.forEach((each) => (each.ariaSort = null));
    head.ariaSort = direction;
    const sign = direction === "ascending" ? 1 : -1;
    const missingLast = (one, other) => (one === null) - (other === null);
    const rows = [...body.rows].map((row) => [key(row.cells[column]), row]);
    rows.sort(([one], [other]) => missingLast(one, other) || (one === null ? 0 : sign * compare(one, other)));
    body.append(...rows.map(([, row]) => row));
    show();
  }

  for (const head of heads) {
    const button = element("button", { type: "button", textContent: head.textContent, onclick: () => sortBy(head) });
    head.replaceChildren(button);
  }
  search.oninput = show;
  more.onclick = () => {
    all = !all;
    show();
  };
  const tools = element("div", { className: "cl-tools" });
  tools.append(search, count, more);
  if (body.rows.length > limit) table.parentElement.before(tools);
  show();
}

function enlivenAll() {
  document.querySelectorAll("table[data-limit]:not([data-lively])").forEach(enliven);
}

enlivenAll();
