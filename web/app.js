// Opens the evidence behind a number without leaving the answer. Without this script the numbers are plain links to it.
const wide = matchMedia("(min-width: 60rem)");
const sources = [...document.querySelectorAll(".source")];
const links = [...document.querySelectorAll("a[data-source]")];
let from = null;

function show(n) {
  for (const source of sources) source.classList.toggle("shown", source.id === `source-${n}`);
  for (const link of links) {
    if (link.dataset.source === n) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

function open(n, link) {
  const source = document.getElementById(`source-${n}`);
  if (source === null) return;
  from = link;
  show(n);
  source.focus({ preventScroll: true });
  if (wide.matches) reveal(source);
  else source.scrollIntoView({ block: "start" });
}

// Brings the quotation up below the head of its report, with a little of what stands before it.
function reveal(source) {
  const panel = source.closest(".evidence");
  const mark = source.querySelector("mark");
  if (panel === null || mark === null) return;
  const head = source.querySelector("header").offsetHeight;
  panel.scrollTop += mark.getBoundingClientRect().top - panel.getBoundingClientRect().top - head - 90;
}

function back() {
  if (from === null) return false;
  from.focus();
  from.scrollIntoView({ block: "nearest" });
  from = null;
  return true;
}

if (sources.length > 0) {
  document.documentElement.classList.add("scripted");
  const first = /^#source-(\d+)$/.exec(location.hash)?.[1] ?? "1";
  show(first);
  if (wide.matches) reveal(document.getElementById(`source-${first}`) ?? sources[0]);
  for (const link of links) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      open(link.dataset.source, link);
    });
  }
  for (const link of document.querySelectorAll(".back")) {
    link.addEventListener("click", (event) => {
      if (back()) event.preventDefault();
    });
  }
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && document.activeElement?.closest(".source")) back();
  if (document.activeElement?.matches("input, select, textarea")) return;
  const link = links.find((each) => each.dataset.source === event.key);
  if (link) open(event.key, link);
  else if (event.key === "/") {
    event.preventDefault();
    document.getElementById("q")?.focus();
  }
});
