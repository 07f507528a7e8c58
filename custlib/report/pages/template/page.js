// What is asked of the tables stands in the address, behind the place: #section-2&abc_customers.region=华东. So a link
// opens the same view, Back goes a step back, and the page in another language shows the same. A link into a fold opens it.

let typing = false;

function place() {
  const [first] = location.hash.slice(1).split("&");
  return first.includes("=") ? "" : first;
}

function address() {
  const asked = LIVELY.flatMap(({ name, view }) => Object.entries(view()).map(([key, value]) => [`${name}.${key}`, value]));
  const parts = [place(), new URLSearchParams(asked).toString()].filter(Boolean);
  return location.href.split("#")[0] + (parts.length ? `#${parts.join("&")}` : "");
}

function follow() {
  const asked = [...new URLSearchParams(location.hash.slice(1).split("&").filter((part) => part.includes("=")).join("&"))];
  for (const { name, set } of LIVELY) {
    const own = asked.filter(([key]) => key.startsWith(`${name}.`));
    set(Object.fromEntries(own.map(([key, value]) => [key.slice(name.length + 1), value])));
  }
}

function tellTwins() {
  for (const link of document.querySelectorAll(".twins a")) link.hash = location.hash;
}

function reveal() {
  const target = document.getElementById(new URLSearchParams(`place=${place()}`).get("place")); // which takes any address
  const fold = target?.closest("details");
  if (fold) fold.open = true;
  if (fold || location.hash.includes("&")) target?.scrollIntoView();
}

addEventListener("cl-change", ({ detail }) => {
  const step = typing && detail.typing ? "replaceState" : "pushState"; // Back takes a word back, not a letter
  typing = detail.typing;
  history[step](true, "", address());
  tellTwins();
});

addEventListener("hashchange", () => {
  const within = history.state === null && !location.hash.includes("="); // a link within the page leaves the tables as they are
  if (within) history.replaceState(true, "", address());
  else follow();
  typing = false;
  reveal();
  tellTwins();
});

history.replaceState(true, "");
follow();
reveal();
tellTwins();
