// Keeps what a reader does before the program runs, which on a slow phone comes seconds after the page can be seen. It stands in the
// head and runs before there is a body, so nothing can be done before it. `src/ui/early.rs` takes over what it kept.
(() => {
  const page = document.documentElement;
  /** What was touched last, in order: the log, a field or a button, and how to do it again. */
  const kept = new Map();
  const box = () => document.getElementById("log");
  const isElsewhere = (target) => target !== box() && target.matches?.("textarea, input[type=text]:not([readonly])");

  function keep(what, again) {
    kept.delete(what);
    kept.set(what, again);
  }

  /** Keeps a log, or the promise of one, and says so: the box stays empty. */
  function keepLog(log) {
    keep("log", (read) => Promise.resolve(log).then(read));
    say();
  }

  const say = () => page.setAttribute("data-early", "");

  function takeData(event, data) {
    event.preventDefault();
    keepLog(data.files[0] ?? data.getData("text/plain"));
  }

  const hears = {
    paste(event) {
      if (box() && !isElsewhere(event.target)) takeData(event, event.clipboardData);
    },
    dragover(event) {
      if (!isElsewhere(event.target) || event.dataTransfer.types.includes("Files")) event.preventDefault();
    },
    drop(event) {
      const { dataTransfer: data, target } = event;
      const isFile = data.types.includes("Files");
      if (isElsewhere(target) && !isFile) return;
      // A browser opens what is dropped in place of the page.
      event.preventDefault();
      if (isFile || box()) takeData(event, data);
    },
    input({ target }) {
      const { checked, type, value } = target;
      keep(target, () => {
        if (type === "radio" || type === "checkbox") target.checked = checked;
        else if (type !== "file") target.value = value;
        for (const event of ["input", "change"]) target.dispatchEvent(new Event(event, { bubbles: true }));
      });
    },
    keydown(event) {
      const { ctrlKey, key, metaKey, target } = event;
      if (key !== "Enter" || !(ctrlKey || metaKey) || target !== box() || !target.value) return;
      event.preventDefault();
      keepLog(target.value);
      kept.delete(target);
      target.value = "";
    },
    click(event) {
      const button = event.target.closest?.("button:not([popovertarget]), [data-early]");
      if (!button) return;
      event.preventDefault();
      say();
      // A browser lets the clipboard be read only right after a tap.
      if (button.dataset.early === "paste") keepLog(navigator.clipboard.readText().catch(() => null));
      else keep(button, () => button.click());
    },
  };
  for (const [name, hear] of Object.entries(hears)) addEventListener(name, hear, true);

  /** Ends this, does everything again in order, and gives the log to `read`: a file, a text, or `null` where the clipboard was refused. */
  globalThis.takeEarly = (read) => {
    for (const [name, hear] of Object.entries(hears)) removeEventListener(name, hear, true);
    page.removeAttribute("data-early");
    for (const again of kept.values()) again(read);
    kept.clear();
  };
})();
