// Tables with data-limit: sort by a click on a header, search, filter, sum, and show the rest of the rows. No dependency.
// WORDS, language → key → text, stands before this: words/blocks.csv. Where a page holds the values of its customers
// (#cl-customers), tables of customers filter by them. LIVELY: each table's name, view (what is asked of it) and set(view).

const FACETS = JSON.parse(document.getElementById("cl-customers")?.textContent ?? '{"heads": [], "words": {}, "rows": {}}');
const LIVELY = [];

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

// A label with a choice for each facet of which the rows have more than one value: [{name, place, select, label}].
function choices(rows, words) {
  return FACETS.heads.flatMap(([name, head], place) => {
    const values = new Set(rows.map((row) => FACETS.rows[row.dataset.key]?.[place] ?? ""));
    if (values.size < 2) return [];
    const select = element("select");
    const sorted = [...values].filter(Boolean).sort(compare);
    select.append(new Option(words.every, ""), ...sorted.map((value) => new Option(FACETS.words[value] ?? value, value)));
    const label = element("label", { textContent: `${head} ` });
    label.append(select);
    return [{ name, place, select, label }];
  });
}

// The foot with sums, and what fills it: rows → nothing. Amounts of a customer that stands in several rows are not added up.
function foot(table, heads, words) {
  const keys = [...table.tBodies[0].rows].map((row) => row.dataset.key);
  if (!keys.every(Boolean) || new Set(keys).size < keys.length || !heads.some((head) => "sum" in head.dataset)) return () => {};
  const line = table.createTFoot().insertRow();
  const cells = heads.map((head, place) => line.appendChild(place ? element("td", { className: head.className }) : element("th", { scope: "row" })));
  return (rows) => {
    cells[0].textContent = (rows.length === 1 ? words.sum_one : words.sum_more).replace("{count}", rows.length);
    heads.forEach((head, place) => {
      if (!place || !("sum" in head.dataset)) return;
      const sum = rows.reduce((total, row) => total + key(row.cells[place]), 0);
      cells[place].textContent = Math.round(sum).toLocaleString("en-US").replace(/^-0$/, "0").replace("-", "−");
      cells[place].dataset.label = head.textContent;
    });
  };
}

function enliven(table) {
  const words = WORDS[table.lang] ?? WORDS.en;
  const limit = Number(table.dataset.limit);
  table.dataset.lively = "";
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const rows = [...body.rows];
  const long = rows.length > limit;
  const search = element("input", { type: "search", placeholder: words.search, ariaLabel: words.search });
  const count = element("span", { ariaLive: "polite" });
  const more = element("button", { type: "button" });
  const filters = long ? choices(rows, words) : [];
  const add = long ? foot(table, heads, words) : () => {};
  let view = {}; // what is asked: q, sort, all, and a value for each filter

  function show() {
    const sought = search.value.trim().toLowerCase();
    const fits = ({ place, select }, row) => !select.value || (FACETS.rows[row.dataset.key]?.[place] ?? "") === select.value;
    const found = [];
    for (const row of body.rows) {
      row.hidden = !(row.textContent.toLowerCase().includes(sought) && filters.every((filter) => fits(filter, row)));
      if (!row.hidden) found.push(row);
      row.classList.toggle("cl-more", !view.all && found.length > limit);
    }
    count.textContent = (found.length === 1 ? words.row_one : words.row_more).replace("{count}", found.length);
    more.textContent = view.all ? words.fewer : words.all;
    more.hidden = found.length <= limit;
    add(found);
  }

  function order() {
    const column = Number.parseInt(view.sort);
    const sign = view.sort?.endsWith("-") ? -1 : 1;
    heads.forEach((each) => (each.ariaSort = null));
    if (!heads[column]) return body.append(...rows);
    heads[column].ariaSort = sign === 1 ? "ascending" : "descending";
    const missingLast = (one, other) => (one === null) - (other === null);
    const sorted = rows.map((row) => [key(row.cells[column]), row]);
    sorted.sort(([one], [other]) => missingLast(one, other) || (one === null ? 0 : sign * compare(one, other)));
    body.append(...sorted.map(([, row]) => row));
  }

  function set(asked) {
    const sorted = asked.sort !== view.sort;
    view = asked;
    if (search.value !== (view.q ?? "")) search.value = view.q ?? "";
    for (const { name, select } of filters) {
      select.value = view[name] ?? "";
      if (select.selectedIndex < 0) select.value = "";
    }
    if (sorted) order();
    show();
  }

  function change(part, typing = false) {
    set(Object.fromEntries(Object.entries({ ...view, ...part }).filter(([, value]) => value)));
    table.dispatchEvent(new CustomEvent("cl-change", { bubbles: true, detail: { typing } }));
  }

  function sortBy(head) {
    const place = heads.indexOf(head);
    const [first, other] = head.classList.contains("cl-number") ? [`${place}-`, `${place}`] : [`${place}`, `${place}-`];
    change({ sort: view.sort === first ? other : first });
  }

  for (const head of heads) {
    const button = element("button", { type: "button", textContent: head.textContent, onclick: () => sortBy(head) });
    head.replaceChildren(button);
  }
  search.oninput = () => change({ q: search.value }, true);
  filters.forEach(({ name, select }) => (select.onchange = () => change({ [name]: select.value })));
  more.onclick = () => change({ all: view.all ? "" : "1" });
  const tools = element("div", { className: "cl-tools" });
  tools.append(search, ...filters.map(({ label }) => label), count, more);
  if (long) table.parentElement.before(tools);
  const own = table.dataset.name ?? "table";
  const same = LIVELY.filter(({ name }) => name.split(" ")[0] === own).length;
  LIVELY.push({ name: same ? `${own} ${same + 1}` : own, view: () => view, set });
  show();
}

function enlivenAll() {
  document.querySelectorAll("table[data-limit]:not([data-lively])").forEach(enliven);
}

enlivenAll();
