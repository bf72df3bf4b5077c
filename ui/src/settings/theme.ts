import type { Settings } from "../bridge";

const dark = window.matchMedia("(prefers-color-scheme: dark)");

/** Paints the page in a theme, and goes with the system's while that is what is asked for. */
export function useTheme(theme: Settings["theme"]): () => void {
  const paint = () => {
    const isDark = theme === "dark" || (theme === "system" && dark.matches);
    document.documentElement.dataset["theme"] = isDark ? "dark" : "light";
  };
  paint();
  dark.addEventListener("change", paint);
  return () => dark.removeEventListener("change", paint);
}
