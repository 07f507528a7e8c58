// Exercises of a lesson. All answers and settings were computed when the page was made: this looks them up, counts, draws.
// SAY, key → text, stands before this: words/lessons.csv. Answers stay in this browser; no request leaves it.

const NONE = "-";
const boxes = [...document.querySelectorAll("[data-ex]")].map((box) => [box, JSON.parse(box.dataset.ex)]);
const closing = boxes.find(([, data]) => data.kind === "hand_in")?.[1] ?? { lesson: "", edition: location.pathname };
const PLACE = `custlib lesson ${closing.lesson} ${closing.edition}`;
const ANSWERS = stored(); // exercise → now, first, last, tries, and what its kind needs

function stored() {
  try {
    return JSON.parse(localStorage.getItem(PLACE)) ?? {};
  } catch {
    return {}; // no storage here: the answers last as long as the page
  }
}

function keep() {
  try {
    localStorage.setItem(PLACE, JSON.stringify(ANSWERS));
  } catch {} // as above
  document.dispatchEvent(new Event("ex-kept"));
}

function always(act) {
  document.addEventListener("ex-kept", act);
  act();
}

function say(key, facts = {}) {
  return SAY[key].replace(/\{(\w+)\}/g, (_, name) => facts[name]);
}

// An element: "p.its-class", then children, texts and properties in any order; what is empty is left out.
function make(what, ...parts) {
  const [tag, ...classes] = what.split(".");
  const made = element(tag, { className: classes.join(" ") });
  for (const part of parts.filter((each) => each || each === 0)) {
    if (part.constructor === Object) Object.assign(made, part);
    else made.append(part);
  }
  return made;
}

function button(text, onclick, className = "") {
  return make("button", { type: "button", onclick, className }, text);
}

// A line that is read aloud whenever it changes.
function told(className) {
  const line = make("p", { className, tabIndex: -1 });
  line.setAttribute("role", "status");
  return line;
}

// Puts sentences into a line.
function speak(line, ...texts) {
  line.replaceChildren(...texts.filter(Boolean).flatMap((text, place) => [place ? SAY.space : "", make("span", text)]));
  return line;
}

function row(...children) {
  return make("div.ex-row", ...children);
}

// What is said to whoever chose an option, with ✓ or ✗ where its tag judges it.
function reply(option) {
  if (!option.tag) return make("p.ex-say", make("span", option.says));
  const judged = option.tag === "right" ? "right" : "wrong", mark = make("b", { ariaLabel: say(judged) }, judged === "right" ? "✓" : "✗");
  mark.setAttribute("role", "img");
  return make(`p.ex-say.${judged}`, mark, make("span", option.says));
}

function answered(id, items) {
  return (ANSWERS[id] ??= { now: NONE.repeat(items), first: "", last: "", tries: 0 });
}

function at(letters, place, letter) {
  return letters.slice(0, place) + letter + letters.slice(place + 1);
}

function alike(one, other) {
  return [...one].filter((letter, place) => letter === other[place]).length;
}

function keyOf(items) {
  return items.map(({ options }) => options.find(({ tag }) => tag === "right")?.letter ?? NONE).join("");
}

// The way of thinking that letters are most like, or "", as lessons/ways.py.
function nearest(letters, key, choices, ways = {}) {
  if (new Set(letters).size < 2) return "";
  const [best] = Object.keys(ways).sort().sort((one, other) => alike(letters, ways[other]) - alike(letters, ways[one]));
  const enough = choices === 2 ? (3 * key.length) / 4 : (2 * key.length) / 3, least = Math.max(enough, alike(letters, key) + 1);
  return best && alike(letters, ways[best]) >= least ? best : "";
}

function quotaText(quota) {
  return Object.entries(quota).map(([letter, n]) => say("quota_each", { letter, n })).join(SAY.pause);
}

function count(letters, letter) {
  return letters.split(letter).length - 1;
}

// A radio field of large letters; wide: with texts. bins: [letter, text]; choose: letter → nothing.
function letters(name, label, bins, choose, wide) {
  const inputs = bins.map(([letter, text]) =>
    make("input", { type: "radio", name, value: letter, ariaLabel: `${label}: ${letter === text ? letter : `${letter} ${text}`}`, onchange: () => choose(letter) }));
  const shown = bins.map(([letter, text], place) => {
    const face = make("span", make("b", letter), wide && text !== letter ? ` ${text}` : "");
    return make("label", inputs[place], face);
  });
  const box = make(`div.ex-pick${wide ? ".ex-wide" : ""}`, ...shown);
  return { box, set: (letter) => inputs.forEach((input) => (input.checked = input.value === letter)) };
}

// Dragging a card onto a bin, for a mouse. drop: letter → nothing.
function draggable(handle, bins, drop) {
  const over = ({ clientX, clientY }) => Object.keys(bins).find((letter) => {
    const box = bins[letter].getBoundingClientRect();
    return clientX >= box.left && clientX <= box.right && clientY >= box.top && clientY <= box.bottom;
  });
  handle.onpointerdown = (down) => {
    if (down.button) return;
    let ghost = null;
    handle.setPointerCapture(down.pointerId);
    handle.onpointermove = (event) => {
      if (!ghost && Math.hypot(event.clientX - down.clientX, event.clientY - down.clientY) < 6) return;
      ghost ??= document.body.appendChild(make("div.ex-drag", handle.textContent));
      ghost.style.transform = `translate(${event.clientX + 8}px, ${event.clientY + 8}px)`;
      for (const letter in bins) bins[letter].classList.toggle("over", letter === over(event));
    };
    handle.onpointerup = handle.onpointercancel = (event) => {
      handle.onpointermove = handle.onpointerup = handle.onpointercancel = null;
      for (const letter in bins) bins[letter].classList.remove("over");
      const hit = ghost && event.type === "pointerup" && over(event);
      ghost?.remove();
      if (hit) drop(hit);
    };
  };
}

function rail(part) {
  const bar = make("i");
  bar.style.width = `${Math.max(0, Math.min(100, 100 * part))}%`;
  return make("span.ex-rail", bar);
}

function bars(data, item) {
  return (item.values ?? []).map((value, place) => {
    const part = item.parts?.[place];
    return make("div.ex-bar", make("span", data.heads?.[place]), part === undefined ? "" : rail(part), make("b", value));
  });
}

// sort, match, order: cards that each get a letter.
function cards(box, data) {
  const { items, bins, quota = {}, guided } = data;
  const once = data.kind !== "sort", named = bins.some(([letter, text]) => letter !== text), wide = named && bins.length < 5;
  const mine = answered(data.id, items.length), key = keyOf(items);
  const verdict = told("ex-told"), placed = make("span.ex-count", { ariaLive: "polite" });
  const targets = Object.fromEntries(bins.map(([letter]) => [letter, make("div.ex-bin")]));
  const made = items.map((item, place) => {
    const legend = make("legend", item.text);
    const pick = letters(`${data.id}-${item.id}`, item.text, bins, (letter) => put(place, letter), wide);
    const chosen = named && !wide ? make("p.ex-chosen") : "";
    const card = make("fieldset.ex-card", legend, ...bars(data, item), pick.box, chosen);
    draggable(legend, targets, (letter) => put(place, letter));
    return { card, pick, chosen };
  });

  let taken; // by the card changed last, which gives it back as arrow keys move on

  function put(place, letter) {
    if (taken?.[2] === place) change(...taken);
    change(place, NONE);
    const other = once ? mine.now.indexOf(letter) : -1;
    taken = other < 0 ? 0 : [other, letter, place];
    if (taken) change(other, NONE);
    change(place, letter);
    keep();
    show();
  }

  function change(place, letter) {
    mine.now = at(mine.now, place, letter);
    made[place].card.querySelector(".ex-say")?.remove();
  }

  function show() {
    made.forEach(({ card, pick, chosen }, place) => {
      const letter = mine.now[place];
      card.dataset.is = letter;
      pick.set(letter);
      if (chosen) chosen.textContent = bins.find(([own]) => own === letter)?.[1] ?? "";
    });
    placed.textContent = say("placed", { n: items.length - count(mine.now, NONE), of: items.length });
    for (const [letter, text] of bins) {
      const here = count(mine.now, letter), of = guided || mine.tries ? quota[letter] : undefined;
      const number = once ? (here ? "✓" : "") : of === undefined ? `${here}` : `${here} / ${of}`;
      targets[letter].replaceChildren(make("strong", letter), text === letter ? "" : make("span", text), make("small", number));
      targets[letter].classList.toggle("full", once ? here > 0 : here === of);
    }
  }

  function tell() {
    const right = alike(mine.last, key);
    const off = Object.keys(quota).some((letter) => count(mine.last, letter) !== quota[letter]);
    const way = nearest(mine.last, key, bins.length, data.ways);
    made.forEach(({ card }, place) => {
      card.querySelector(".ex-say")?.remove();
      if (mine.last[place] === mine.now[place]) card.append(reply({ tag: NONE, ...items[place].options.find(({ letter }) => letter === mine.last[place]) }));
    });
    const all = right === items.length;
    if (all) speak(verdict, data.done ?? say("all_right"));
    else speak(verdict, say("right_of", { n: right, of: items.length }), off && say("quota", { quota: quotaText(quota) }),
      data.thinks?.[way], say("try_again"), mine.tries === 1 && say("first_counts"));
    verdict.classList.toggle("all", all);
    box.dataset.right = right;
    box.dataset.way = way;
  }

  function check() {
    const lacking = count(mine.now, NONE);
    if (lacking) {
      verdict.textContent = say("need", { n: lacking });
    } else {
      mine.first ||= mine.now;
      mine.last = mine.now;
      mine.tries += 1;
      keep();
      show();
      tell();
    }
    verdict.focus();
    verdict.scrollIntoView({ block: "center" });
  }

  box.append(speak(make("p.ex-hint"), say("letter"), matchMedia("(hover: hover)").matches && say("drag"), once && say("once"), !guided && say("alone"),
    named && !wide && bins.map((bin) => bin.join(" ")).join(SAY.pause)), verdict,
    make("div.ex-cards", ...made.map(({ card }) => card)),
    make(`div.ex-bins${named ? ".ex-named" : ""}`, ...Object.values(targets)),
    row(button(say(guided ? "check" : "hand_in_part"), check, "main"), placed));
  show();
  if (mine.last) tell();
}

function measured(number, unit) {
  return `${number.toLocaleString("en-US")} ${unit ?? ""}`.trim();
}

// A range with − and + beside it: arrow keys reach the one, thumbs the others. move: number → nothing.
function slide(label, min, max, step, move) {
  const range = make("input", { type: "range", min, max, step, value: (min + max) / 2, ariaLabel: label, oninput: () => move(Number(range.value)) });
  const act = (sign, by, word) => {
    const made = button(sign, () => move(Number(range.value) + by), "step");
    return Object.assign(made, { ariaLabel: `${label}: ${say(word)}` });
  };
  const less = act("−", -step, "less"), more = act("+", step, "more"), shown = make("output.ex-number", "–");
  const tell = (text) => (shown.textContent = range.ariaValueText = text);
  return { box: make("div.ex-slide", less, range, more, shown), range, less, more, tell };
}

// An estimate; it has no value before it is moved. moved: number → nothing.
function estimator(item, value, moved) {
  const [from, to, step] = item.scale;
  const set = (number) => {
    range.value = number;
    tell(measured(number, item.unit));
  };
  const { box, range, tell } = slide(`${item.text} – ${say("estimate")}`, from, to, step, (asked) => {
    const number = Number(Math.min(to, Math.max(from, asked)).toFixed(6));
    set(number);
    moved(number);
  });
  if (value !== undefined) set(value);
  return box;
}

function quiz(box, data) {
  const { items, guided } = data, mine = answered(data.id, items.length);
  mine.values ??= {};
  mine.guessed ??= {}; // the first estimates, as they were shown
  const asked = items.map((item, place) => {
    const choose = (letter) => {
      mine.now = at(mine.now, place, letter);
      keep();
    };
    const guess = (value) => {
      mine.values[item.id] = value;
      choose(item.options.find(({ upto = Infinity }) => value <= upto).letter);
    };
    const options = item.scale ? [estimator(item, mine.values[item.id], guess)] : item.options.map(({ letter, text }) => {
      const input = make("input", { type: "radio", name: `${data.id}-${item.id}`, value: letter, checked: mine.now[place] === letter, onchange: () => choose(letter) });
      return make("label.ex-option", input, make("span", text));
    });
    const says = told("ex-reply"), act = guided ? button("", () => answer([place]), "main") : "";
    const legend = make("legend", items.length > 1 && make("b", place + 1), make("span", item.text));
    return { field: make("fieldset.ex-question", legend, ...options, act && row(act), says), says, act };
  });

  function tell(place, lacking = false) {
    const { says, act } = asked[place], option = items[place].options.find(({ letter }) => letter === mine.last[place]);
    if (lacking) says.replaceChildren(say("need_answer"));
    else if (option) says.replaceChildren(reply(option));
    if (act) act.textContent = say(option ? "answer_again" : "answer");
  }

  function answer(places) {
    const lacking = places.filter((place) => mine.now[place] === NONE);
    if (lacking.length) {
      if (guided) return tell(lacking[0], true);
      line.textContent = say("need_answers", { n: lacking.length });
      return asked[lacking[0]].field.querySelector("input").focus();
    }
    mine.first ||= NONE.repeat(items.length);
    mine.last ||= NONE.repeat(items.length);
    for (const place of places) {
      if (mine.first[place] === NONE) {
        mine.first = at(mine.first, place, mine.now[place]);
        if (items[place].scale) mine.guessed[items[place].id] = measured(mine.values[items[place].id], items[place].unit);
      }
      mine.last = at(mine.last, place, mine.now[place]);
    }
    mine.tries += 1;
    keep();
    places.forEach((place) => tell(place));
    if (!guided) sum();
  }

  function sum() {
    const right = alike(mine.last, keyOf(items));
    if (mine.last && keyOf(items) !== NONE.repeat(items.length)) line.textContent = say("right_of", { n: right, of: items.length });
    line.classList.toggle("all", right === items.length);
  }

  const line = told("ex-told");
  box.append(guided ? "" : make("p.ex-hint", say("alone")), ...asked.map(({ field }) => field));
  if (!guided) box.append(row(button(say("hand_in_part"), () => answer(items.map((_, place) => place)), "main")), line);
  asked.forEach((_, place) => tell(place));
  if (!guided) sum();
}

// A talk, turn by turn. mine.path: the letters chosen in this talk.
function branch(box, data) {
  const { items, reveals = {}, summary = {} } = data, mine = answered(data.id, items.length);
  mine.path ??= "";
  const log = make("div.ex-talk"), foot = make("div"), end = told("ex-told"), pieces = make("ul.ex-pieces");
  log.setAttribute("role", "log");

  function said(who, text) {
    return make(`p.ex-bubble.${who}`, make("small", say(who)), text);
  }

  // The turns of the path: [{place, item, option}], and the turn that waits for an answer, if any.
  function walk() {
    const steps = [];
    let item = items[0];
    for (const letter of mine.path) {
      const option = item.options.find((each) => each.letter === letter);
      steps.push({ place: items.indexOf(item), item, option });
      item = items.find(({ id }) => id === option.next);
    }
    return { steps, item };
  }

  function bySteps(steps) {
    return steps.reduce((all, { place, option }) => (all[place] === NONE ? at(all, place, option.letter) : all), NONE.repeat(items.length));
  }

  function choose(letter) {
    mine.path += letter;
    const { steps, item } = walk();
    mine.now = mine.last = bySteps(steps);
    if (!mine.tries) mine.first = mine.now;
    if (!item) mine.tries += 1;
    keep();
    show();
    (item ? foot.querySelector("button") : end).focus({ preventScroll: true });
    log.lastElementChild.scrollIntoView({ block: "nearest" });
    (item ? foot : end).scrollIntoView({ block: "nearest" });
  }

  function again() {
    mine.path = "";
    keep();
    show();
    foot.querySelector("button").focus();
  }

  function show() {
    const { steps, item } = walk();
    log.replaceChildren(...steps.flatMap(({ item, option }) => [
      said("customer", item.text), said("you", option.text), make("p.ex-aside", option.says),
    ]), ...(item ? [said("customer", item.text)] : []));
    const light = [...new Set(steps.map(({ option }) => option.reveals ?? "").join(""))].sort().join("");
    pieces.replaceChildren(...Object.entries(reveals).map(([letter, text]) =>
      light.includes(letter) ? make("li.found", text) : make("li", say("hidden"))));
    end.replaceChildren(...(item ? [] : [make("b", say("talk_over")), make("span", summed(light))]));
    foot.replaceChildren(...(item
      ? [make("p.ex-hint", say("reply")), ...item.options.map((option) => button(option.text, () => choose(option.letter), "say"))]
      : [row(button(say("talk_again"), again, "main"))]));
  }

  // The summary of what came to light, or of the most of it that has one.
  function summed(light) {
    const fits = Object.keys(summary).filter((letters) => [...letters].every((letter) => light.includes(letter)));
    const best = fits.sort((one, other) => other.length - one.length)[0];
    return summary[best] ?? "";
  }

  const shelf = data.reveals && make("div.ex-found", make("p", say("found")), pieces);
  box.append(make("div.ex-visit", make("div", log, end, foot), shelf));
  show();
}

// Sliders whose every setting was computed. mine.at: its name, such as "3A": a digit for the step of each slider.
function weigh(box, data) {
  const { sliders, shows = [], settings, texts, verdicts = [], of = [] } = data, mine = answered(data.id, 0);
  mine.at = mine.at in settings ? mine.at : data.start;
  const places = Object.keys(settings).filter((name) => name.length === sliders.length).map((name) => [name, [...name].map((step) => parseInt(step, 36))]);
  const here = () => places.find(([name]) => name === mine.at)?.[1];
  const last = sliders[0].steps.length - 1, third = Math.round(last / Math.max(3, sliders.length));

  // The setting with one slider at a step that changes the others least.
  function reach(slider, step) {
    const from = here() ?? sliders.map(() => third);
    const away = ([, steps]) => steps.reduce((sum, each, place) => sum + (place === slider ? 0 : Math.abs(each - from[place])), 0);
    return places.filter(([, steps]) => steps[slider] === step).sort((one, other) => away(one) - away(other))[0]?.[0];
  }

  function go(name) {
    mine.at = name ?? mine.at;
    keep();
    show();
  }

  const made = sliders.map(({ label, steps }, slider) => {
    const parts = slide(label, 0, steps.length - 1, 1, (step) => go(reach(slider, step)));
    return { ...parts, steps, line: make("div.ex-weight", make("span.ex-label", label), parts.box) };
  });
  const rows = shows.map((text) => {
    const was = make("td"), now = make("td");
    return { line: make("tr", make("th", { scope: "row" }, text), was, now), was, now };
  });
  const verdict = told("ex-told"), wait = make("p.ex-hint", say("locked"));
  const table = make("table", make("tbody", ...rows.map(({ line }) => line)));
  const body = make("div.ex-weights", ...made.map(({ line }) => line), row(button(say("back_to_start"), () => go(data.start))), verdict, table);

  function show() {
    const steps = here(), now = settings[mine.at], start = settings[data.start];
    made.forEach(({ range, tell, less, more, steps: labels }, slider) => {
      const step = steps?.[slider] ?? third;
      range.value = step;
      tell(steps ? labels[step] : say("start_setting"));
      less.disabled = !reach(slider, step - 1);
      more.disabled = !reach(slider, step + 1);
    });
    const moved = rows.filter(({ line, was, now: cell }, place) => {
      const differs = now[place] !== start[place];
      line.classList.toggle("moved", differs);
      was.textContent = differs ? `${texts[start[place]]} →` : "";
      const text = texts[now[place]], bar = /^[\d.]+\s*%$/.test(text) ? rail(Number.parseFloat(text) / 100) : "";
      cell.replaceChildren(make("b", text), bar);
      return differs;
    });
    speak(verdict, verdicts[now[shows.length]], texts[start[0]]?.length === 1 && say("changed", { n: moved.length, of: shows.length }));
  }

  function unlock() {
    body.hidden = !of.every((id) => ANSWERS[id]?.first);
    wait.hidden = !body.hidden;
  }

  box.append(wait, body);
  always(unlock);
  show();
}

async function copyText(text, shown, act) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    getSelection().selectAllChildren(shown);
    document.execCommand("copy");
  }
  act.textContent = say("copied");
}

function saveText(name, text, type) {
  make("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name }).click();
}

// A list of one's own, counted against the quota of so many names; and lines for a plan.
function own(box, data) {
  const { bins = [], quotas = {} } = data, mine = answered(data.id, 0), least = 3, most = 20;
  mine.names ??= Array.from({ length: 5 }, () => ["", ""]);
  const list = make("ol.ex-names"), verdict = told("ex-told");
  const add = button(say("own_add"), () => {
    mine.names.push(["", ""]);
    keep();
    draw();
    list.lastElementChild.querySelector("input").focus();
  });

  function draw() {
    list.replaceChildren(...mine.names.map((line, place) => {
      const label = say("own_name", { n: place + 1 });
      const pick = letters(`${data.id}-${place}`, label, bins, (letter) => change(line, 1, letter));
      pick.set(line[1]);
      return make("li", make("input", { type: "text", maxLength: 40, value: line[0], ariaLabel: label, placeholder: label, autocomplete: "off", oninput: (event) => change(line, 0, event.target.value) }), pick.box);
    }));
    add.hidden = mine.names.length >= most;
    sum();
  }

  function change(line, place, text) {
    line[place] = text;
    keep();
    sum();
  }

  function sum() {
    const named = mine.names.filter(([name]) => name.trim()), quota = quotas[named.length];
    const counts = bins.map(([letter]) => [letter, named.filter((line) => line[1] === letter).length]);
    const shown = counts.map(([letter, n]) => make("span.ex-tally", make("b", letter), ` ${quota ? say("own_count", { n, of: quota[letter] ?? 0 }) : n}`));
    const fits = quota && counts.every(([letter, n]) => n === (quota[letter] ?? 0));
    const lacks = quota && say("own_not", { n: named.length, quota: quotaText(quota) });
    verdict.replaceChildren(...shown, make("span", named.length < least ? say("own_few", { n: least }) : fits ? say("own_fits") : lacks));
    verdict.classList.toggle("all", Boolean(fits));
  }

  box.append(make("p.ex-hint", say("own_private")));
  if (bins.length) box.append(list, row(add), verdict);
  draw();
  if (data.fields) plan(box, data, mine);
}

// Lines of a plan as CSV, in the columns of `plans`.
function plan(box, data, mine) {
  const { fields, given = {} } = data;
  mine.lines ??= [fields.map(() => "")];
  const list = make("div"), out = make("output.ex-code"), line = told("ex-hint");

  function field({ label, choices, kind }, values, place) {
    const change = (event) => {
      values[place] = event.target.value;
      keep();
      write();
    };
    const input = choices ? make("select", { onchange: change }, new Option(say("choose"), ""), ...choices.map(([value, text]) => new Option(text, value)))
      : make("input", { type: kind ?? "text", maxLength: 60, oninput: change, autocomplete: "off" });
    if (kind === "number") input.step = "any";
    input.value = values[place];
    return make("label", make("span", label), input);
  }

  function draw() {
    list.replaceChildren(...mine.lines.map((values, number) => make("fieldset.ex-plan",
      make("legend", say("plan", { n: number + 1 })), ...fields.map((one, place) => field(one, values, place)))));
    write();
  }

  // As `escaping.cell` has it: nothing that a spreadsheet would take for a formula.
  const cell = (text) => `"${/^'*[=+\-@＝＋－＠]/.test(text) && Number.isNaN(Number(text)) ? "'" : ""}${text.replaceAll('"', '""')}"`;

  function csv() {
    const full = mine.lines.filter((values) => values.every((value) => value.trim()));
    const rows = full.map((values) => {
      const line = { ...given };
      fields.forEach(({ column, sets, kind }, place) => {
        const value = values[place].trim();
        Object.assign(line, { [column]: value }, sets?.[value], kind === "date" ? { year: value.slice(0, 4) } : {});
      });
      return line;
    });
    const heads = [...new Set(rows.flatMap(Object.keys))].sort();
    const lines = [heads, ...rows.map((line) => heads.map((head) => line[head] ?? ""))];
    return { full: full.length, text: lines.map((cells) => cells.map(cell).join(",")).join("\r\n") };
  }

  function write() {
    const { full, text } = csv();
    out.textContent = full ? text : "";
    acts.hidden = !full;
    line.textContent = full < mine.lines.length ? say("plan_lacks") : say("plan_for");
  }

  const copy = button(say("plan_copy"), () => copyText(csv().text, out, copy));
  const acts = row(copy, button(say("plan_save"), () => saveText(`plan-${closing.lesson}.csv`, `\ufeff${csv().text}\r\n`, "text/csv")));
  const add = button(say("plan_add"), () => {
    mine.lines.push(fields.map(() => ""));
    keep();
    draw();
    list.lastElementChild.querySelector("input, select").focus();
  });
  box.append(list, row(add), line, out, acts);
  draw();
}

function note(box, data) {
  const mine = answered(data.id, 0);
  mine.notes ??= {};
  box.append(...(data.lines ?? []).map((text, place) => {
    const area = make("textarea", { rows: 2, maxLength: 500, value: mine.notes[place] ?? "", oninput: () => {
      mine.notes[place] = area.value;
      keep();
    } });
    return make("label.ex-line", make("span", text), area);
  }), make("p.ex-hint", say("note_private")));
}

function echo(box, data) {
  const of = boxes.find(([, other]) => other.id === data.of[0])[1], line = make("div.ex-quotes");

  function show() {
    const { first = "", guessed = {} } = ANSWERS[of.id] ?? {};
    const texts = of.items.map((item, place) => guessed[item.id] ?? item.options.find(({ letter }) => letter === first[place])?.text);
    const quotes = texts.map((text, place) => text && make("blockquote", of.items.length > 1 ? make("small", of.items[place].text) : "", text));
    line.replaceChildren(make("p", say(texts.some(Boolean) ? "you_said" : "not_said")), ...quotes.filter(Boolean));
  }

  box.append(line);
  always(show);
}

function checksum(body) {
  const total = new TextEncoder().encode(body).reduce((sum, byte) => (sum * 31 + byte) % 1296, 0);
  return total.toString(36).padStart(2, "0").toUpperCase();
}

// The name as `codes.make` writes it.
function inCode(name) {
  return [...name.replace(/[|\s]+/g, " ").trim().normalize("NFC")].slice(0, 20).join("") || "?";
}

function handIn(box, data) {
  const asked = boxes.filter(([, { id }]) => data.of.includes(id));
  const full = ([, { id, kind }]) => ANSWERS[id]?.tries > 0 && (kind === "branch" || !ANSWERS[id].first.includes(NONE));
  const mine = answered("hand_in", 0);
  const name = make("input", { type: "text", maxLength: 20, value: mine.name ?? "", autocomplete: "off", oninput: () => {
    mine.name = name.value;
    keep();
  } });
  const parts = make("ol.ex-parts"), out = make("output.ex-code"), left = told("ex-hint"), made = make("div", { hidden: true });

  function code() {
    const firsts = asked.map(([, { id, items }]) => ANSWERS[id]?.first || NONE.repeat(items.length));
    const body = [data.lesson, data.edition, inCode(name.value), ...firsts].join("|");
    return `${body}|${checksum(body)}`;
  }

  function show() {
    parts.replaceChildren(...asked.map((one) =>
      make(`li${full(one) ? ".done" : ""}`, make("a", { href: `#${one[1].id}` }, one[1].title || headOf(one[0])))));
  }

  function headOf(other) {
    const before = (head) => head.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
    return [...document.querySelectorAll("h2, h3")].filter(before).at(-1)?.textContent ?? other.id;
  }

  function hand() {
    out.textContent = code();
    const open = asked.filter((one) => !full(one)).length;
    speak(left, open && say("left", { n: open }));
    made.hidden = false;
    copy.textContent = say("copy");
    copy.focus();
  }

  function save() {
    const answers = Object.fromEntries(asked.map(([, { id }]) => [id, ANSWERS[id]]));
    const file = { lesson: data.lesson, edition: data.edition, name: inCode(name.value), code: code(), answers };
    saveText(`lesson-${data.lesson}-${inCode(name.value).replace(/[^\p{L}\p{N}_-]+/gu, "_")}.json`, JSON.stringify(file, null, 1), "application/json");
  }

  const again = button(say("again"), () => {
    if (again.textContent === say("again_sure")) {
      for (const id in ANSWERS) delete ANSWERS[id];
      keep();
      location.reload();
    }
    again.textContent = say("again_sure");
  }, "quiet");
  const copy = button(say("copy"), () => copyText(out.textContent, out, copy), "main");
  made.append(make("p", say("code")), out, row(copy, button(say("save"), save)), left);
  box.append(make("p.ex-hint", say("parts")), parts,
    make("label.ex-name", make("span", say("name")), name), row(button(say("hand_in"), hand, "main")), made, row(again));
  always(show);
}

const KINDS = { sort: cards, match: cards, order: cards, quiz, branch, weigh, own, note, echo, hand_in: handIn };

for (const [box, data] of boxes) {
  const paper = make("div.ex-paper", ...box.children); // what is printed of all but cards
  box.append(paper.querySelector(":scope > h3") ?? "", paper);
  KINDS[data.kind](box, data);
  box.dataset.lively = "";
}
