import type { Settings } from "../bridge";

const dark = window.matchMedia("(prefers-color-scheme: dark)");

/** Applies a theme to the page; "system" follows the system's theme live. */
export function useTheme(theme: Settings["theme"]): () => void {
  const paint = () => {
    const isDark = theme === "dark" || (theme === "system" && dark.matches);
    document.documentElement.dataset["theme"] = isDark ? "dark" : "light";
  };
  paint();
  dark.addEventListener("change", paint);
  return () => dark.removeEventListener("change", paint);
}
