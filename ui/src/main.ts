import { mount, unmount } from "svelte";
import App from "./App.svelte";
import { drawn, open, problemOf, refusal, translate } from "./bridge";
import Failure from "./Failure.svelte";
import { loadAll } from "./frame/lazy.svelte";
import { parts } from "./parts";
import { afterPaint } from "./planner/paint";
import type { Begin } from "./plans/begin";
import { useTheme } from "./settings/theme";
import Refused from "./start/Refused.svelte";
import { useStyle } from "./words/style.svelte";
import { translation } from "./words/translation";
import "./palette.css";
import "./pictures.css";
import "./theme.css";
import "./base.css";
import "./form/form.css";

/** Milliseconds after the first view until the code of the others is loaded. */
const IDLE = 500;

async function start(target: HTMLElement, begin?: Begin, former?: object): Promise<void> {
  try {
    const answer = await open();
    useStyle(answer.settings, answer.locale);
    const opened = translation.told(answer);
    await parts[opened.settings.view].load();
    if (former) await unmount(former);
    // Everything in the window is of one plan: another one gets a window of its own.
    const onswitch = (next: Begin) => void start(target, next, app);
    const app: object = mount(App, { target, props: { opened, begin, onswitch } });
  } catch (error) {
    const refused = await refusal().catch(() => null);
    if (refused) {
      const onopen = () => void unmount(shown).then(() => start(target));
      const shown = mount(Refused, { target, props: { refused, onopen } });
      return;
    }
    const { message } = problemOf(error);
    const onretry = () => void unmount(failure).then(() => start(target));
    const failure = mount(Failure, { target, props: { message, onretry } });
    return;
  }
  afterPaint(() => {
    target.dataset["drawn"] = "true";
    drawn().catch(() => undefined);
    setTimeout(() => void loadAll(), IDLE);
  });
}

// On Linux this is slow, and the same font as sans-serif. See base.css.
if (/Mac|Win/.test(navigator.platform)) document.documentElement.dataset["systemFont"] = "true";

translate(translation);

// Until the settings arrive the window follows the system's theme.
useTheme("system")();
const target = document.getElementById("app");
if (target) void start(target);
