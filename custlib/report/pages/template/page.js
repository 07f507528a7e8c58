// A link into a fold opens it.

function reveal() {
  const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const fold = place?.closest("details");
  if (fold) fold.open = true;
  if (fold) place.scrollIntoView();
}

addEventListener("hashchange", reveal);
reveal();
