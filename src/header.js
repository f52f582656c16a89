// The header of every page: light or dark, and the menu of a phone. It stands in the head and runs before there is a body, so that the
// chosen theme is there at the first paint.
(() => {
  const KEY = "runbook.theme";
  const page = document.documentElement;
  const isDark = () => matchMedia("(prefers-color-scheme: dark)").matches;

  /** A browser that keeps nothing follows the system. */
  const kept = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  };

  const keep = (theme) => {
    try {
      localStorage.setItem(KEY, theme);
    } catch {
      // It lasts as long as the page.
    }
  };

  page.dataset.theme = ["light", "dark"].find((theme) => theme === kept()) ?? "system";

  addEventListener("click", (event) => {
    if (event.target.closest?.("[data-theme-toggle]")) {
      const { theme } = page.dataset;
      page.dataset.theme = (theme === "system" ? isDark() : theme === "dark") ? "light" : "dark";
      keep(page.dataset.theme);
      // `src/early.js` would do it again.
      event.stopImmediatePropagation();
    }
    // A page that is shown without loading it leaves the menu open.
    event.target.closest?.("[popover] a")?.closest("[popover]").hidePopover?.();
  }, true);
})();
