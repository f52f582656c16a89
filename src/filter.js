// Makes the list of all errors shorter: `/errors` is whole without it. Nothing that is typed leaves the page.
const box = document.querySelector(".filter");
const field = box.querySelector("input");
const nothing = box.querySelector("[role=status] > span");
/** Any quotes as ASCII ones, as messages are kept (src/engine/text/carrier/quotes.rs); French puts blanks inside its own. */
const quoted = (text) => (/^[^«»]*«/.test(text) ? text.replace(/«\s|\s»/g, '"') : text).replace(/[“”„«»]/g, '"').replace(/[‘’‚‹›]/g, "'");
const plain = (text) => quoted(text).toLowerCase().replace(/\s+/g, " ").trim();

/** Every error: its element, its words, and its messages, each cut where a name stands. */
const errors = [...document.querySelectorAll("[data-find]")].map((item) => ({
  item,
  words: plain(`${item.textContent} ${item.dataset.find}`),
  messages: item.dataset.find.split("\n").map((message) => plain(message).split("…").filter((part) => part.trim())).filter((parts) => parts.length > 0),
}));

/** A line of a log holds a message when its parts stand there one after the other. */
function holds(line, parts) {
  let from = 0;
  return parts.every((part) => {
    const at = line.indexOf(part, from);
    from = at + part.length;
    return at >= 0;
  });
}

function filter() {
  const asked = plain(field.value);
  const fits = ({ words, messages }) => asked.split(" ").every((word) => words.includes(word)) || messages.some((parts) => holds(asked, parts));
  for (const error of errors) error.item.hidden = !fits(error);
  for (const kind of document.querySelectorAll("section[aria-labelledby]")) {
    kind.hidden = !kind.querySelector("[data-find]:not([hidden])");
  }
  nothing.hidden = errors.some(({ item }) => !item.hidden);
}

box.hidden = false;
field.addEventListener("input", filter);
// A browser may have kept what was typed.
filter();
