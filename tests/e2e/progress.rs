//! A learner studies, misses sessions and catches up, at times that the story sets.

use serde_json::json;
use thirtyfour::prelude::*;

use crate::availability::{more, says};
use crate::chart::{BARS, Bars, are_same};
use crate::expected::START;
use crate::seen;
use crate::window::{Home, Result, Window};

/// Before the plan starts.
pub const BEFORE: &str = "2027-01-01T10:00:00Z";
/// The first Monday, ten minutes into its session.
pub const FIRST_EVENING: &str = "2027-01-04T18:10:00Z";
/// Three quarters of an hour later.
pub const LATER_THAT_EVENING: &str = "2027-01-04T18:55:00Z";
/// The next day, before its session.
pub const NEXT_DAY: &str = "2027-01-05T12:00:00Z";
/// After two weeks without study.
pub const TWO_WEEKS_LATER: &str = "2027-01-19T12:00:00Z";
/// The same day, with nothing missed since.
pub const THAT_AFTERNOON: &str = "2027-01-19T14:00:00Z";

/// The session of the first Monday.
const FIRST: &str = "[data-session='2027-01-04T19:00']";

pub async fn begins_a_plan(window: &Window) -> Result {
    seen::opens_setup(window).await?;
    seen::has_value(window, "#start-field", START).await?;
    seen::closes_setup(window).await?;
    window
        .until("there is a forecast", async || {
            window
                .is("document.querySelector('#summary[data-p80]')")
                .await
        })
        .await?;
    // Without a record the header has real schedules instead of a date to be sure of.
    let ladder = "(document.querySelector('#forecast[data-own=false]')?.textContent ?? '')";
    assert!(
        window
            .is(&format!("{ladder}.includes('Keep all 6 study days')"))
            .await?
            && window.is(&format!("!{ladder}.includes('80%')")).await?
    );
    let sure = "document.querySelector('#summary').dataset.p80";
    let before: String = window.get(sure).await?;
    // The forecast follows the slider before it is let go.
    let slider = window.find("#hours-slider").await?;
    let held = window.page.action_chain();
    let held = held.move_to_element_center(&slider).click_and_hold();
    held.move_by_offset(30, 0).perform().await?;
    window
        .until("the forecast follows the slider", async || {
            window.is(&format!("{sure} < {}", json!(before))).await
        })
        .await?;
    window.page.action_chain().release().perform().await?;
    window
        .until("the hours can be undone", async || {
            window.is("!document.querySelector('#undo').disabled").await
        })
        .await?;
    window.find("#undo").await?.click().await?;
    window
        .until("undo puts the forecast back", async || {
            window.is(&format!("{sure} === {}", json!(before))).await
        })
        .await
}

pub async fn starts_the_timer(window: &Window) -> Result {
    window.find("#view-today").await?.click().await?;
    says(window, "#next-session", "Now, until 20:30").await?;
    seen::is_accessible(window, "today").await?;
    window.picture("50-today").await?;
    window.find("#start-now").await?.click().await?;
    window.find("#timer").await?;
    has_state(window, FIRST, "due").await?;
    window.find("#timer-toggle").await?.click().await?;
    says(window, "#timer-toggle", "Resume").await?;
    window.find("#timer-toggle").await?.click().await?;
    says(window, "#timer-toggle", "Pause").await
}

pub async fn the_timer_went_on(window: &Window) -> Result {
    says(window, "#timer-chip", "0:4").await?;
    window.find("#timer-chip").await?.click().await?;
    window.find("#timer").await?;
    seen::is_accessible(window, "timer").await?;
    window.picture("51-timer").await?;
    window.find("#timer-stop").await?.click().await?;
    says(window, FIRST, "45 min of 1 h 30 min done").await?;
    window
        .until("the timer is gone", async || {
            window.is("!document.querySelector('#timer')").await
        })
        .await?;
    // The rest with one press.
    window
        .find(&format!("{FIRST} .done"))
        .await?
        .click()
        .await?;
    has_state(window, FIRST, "done").await?;
    // It is left running for the night.
    window
        .find("#today [data-state='planned'] .start")
        .await?
        .click()
        .await?;
    window.find("#timer-chip").await?;
    Ok(())
}

pub async fn asks_how_long_it_really_was(window: &Window) -> Result {
    window.find("#timer-chip").await?.click().await?;
    says(window, "#timer-absurd", "How long did you really work").await?;
    window.picture("52-absurd").await?;
    window.fill("#timer-minutes", "0").await?;
    says(window, "#timer .rejected", "0 can't be used").await?;
    window.fill("#timer-minutes", "20").await?;
    window
        .until("the timer is gone", async || {
            window.is("!document.querySelector('#timer')").await
        })
        .await
}

pub async fn types_corrects_and_removes_time(window: &Window) -> Result {
    let log = "document.querySelectorAll('#worklog [data-entry]').length";
    seen::scrolls_to(window, "#log-form .minutes").await?;
    window.fill("#log-form .minutes", "9999").await?;
    says(window, "#log-form .rejected", "9999").await?;
    window.fill("#log-form .minutes", "30").await?;
    seen::has_value(window, "#log-form .minutes", "").await?;

    window.find("#view-progress").await?.click().await?;
    has_count(window, log, 4).await?;
    let first = "#worklog li:first-child";
    seen::scrolls_to(window, &format!("{first} [aria-label^=Edit]")).await?;
    window
        .find(&format!("{first} [aria-label^=Edit]"))
        .await?
        .click()
        .await?;
    window.fill("#edit-entry .minutes", "25").await?;
    says(window, first, "25 min").await?;
    window.picture("53-log").await?;
    seen::is_accessible(window, "log").await?;
    window
        .find(&format!("{first} [aria-label^=Remove]"))
        .await?
        .click()
        .await?;
    has_count(window, log, 3).await?;
    // By keys, as the focus is in no field.
    chord(window, &[Key::Control], "z").await?;
    has_count(window, log, 4).await?;
    chord(window, &[Key::Control, Key::Shift], "z").await?;
    has_count(window, log, 3).await?;
    let undo = window.find("#undo").await?;
    assert!(
        undo.attr("title")
            .await?
            .unwrap_or_default()
            .contains("removed"),
        "undo names what it takes back"
    );
    // The form for other time is a key away, from every view.
    window.find("#view-plan").await?.click().await?;
    window.find("#gantt").await?;
    window.press(&[], 'l').await?;
    window
        .until("the form has the focus", async || {
            window
                .is("document.activeElement.closest('#worklog #log-form')")
                .await
        })
        .await?;
    window.find("#view-plan").await?.click().await?;
    Ok(())
}

pub async fn ticks_an_outcome_and_updates_an_estimate(window: &Window) -> Result {
    let row = "[data-item='python'] .amount";
    let before = window.text(row).await?;
    more(window, "[data-item='python']").await?;
    window.fill("#item-left", "600").await?;
    says(window, "#work-so-far", "10 h left").await?;
    window.picture("54-item").await?;
    seen::is_accessible(window, "item menu").await?;
    window.find("#item-done").await?.click().await?;
    says(window, "#item-done", "Mark Python as not done").await?;
    says(window, row, "✓").await?;
    window.find("#item-done").await?.click().await?;
    says(window, "#item-done", "All of Python is done").await?;
    chord(window, &[], Key::Escape.value().to_string()).await?;
    for _ in 0..3 {
        window.find("#undo").await?.click().await?;
        window.painted().await?;
    }
    window
        .until("the item is as before", async || {
            Ok(window.text(row).await? == before)
        })
        .await?;
    more(window, "[data-phase='foundations']").await?;
    window.find("#outcome-reached").await?.click().await?;
    window
        .until("the outcome is filled", async || {
            window.is("[...document.querySelectorAll('#gantt .reached')].some((path) => path.getAttribute('d'))").await
        })
        .await?;
    chord(window, &[], Key::Escape.value().to_string()).await?;
    window.find("#undo").await?.click().await?;
    Ok(())
}

/// The core of the story: preview an option, apply it, undo it.
pub async fn catches_up(window: &Window, home: &Home) -> Result {
    window.find("#check-in").await?;
    window.find("#choices .preview").await?;
    seen::is_accessible(window, "check-in").await?;
    window.picture("55-check-in").await?;
    let stored = std::fs::read(home.plan_file())?;
    let before: Bars = window.get(BARS).await?;
    let finish = seen::finish(window).await?;

    // Free time that the learner names is tried too.
    window.find("#name-windows").await?.click().await?;
    window.fill("#free-date", "2027-01-23").await?;
    let more = "[data-fact='more'] [data-choice='free-windows']";
    says(window, more, "3 h in total").await?;
    window
        .find("#free-windows li button")
        .await?
        .click()
        .await?;
    window
        .until("the free time is forgotten", async || {
            window
                .is("!document.querySelector(\"[data-choice='free-windows']\")")
                .await
        })
        .await?;

    // More hours a week, so that the date is kept. A press chooses it for the one Apply.
    let card = "#choices th[data-choice='more-hours']";
    seen::scrolls_to(window, &format!("{card} .preview")).await?;
    window
        .find(&format!("{card} .preview"))
        .await?
        .click()
        .await?;
    let promised = "[data-fact='finish'] [data-choice='more-hours']";
    let promised = window.text(promised).await?;
    // Another option under the pointer may have been on the chart before.
    window
        .until("the chart shows what moves", async || {
            Ok(finish_in_words(window).await? == promised
                && window
                    .is("document.querySelector('#gantt .ghost').getAttribute('d')")
                    .await?)
        })
        .await?;
    let previewed: Bars = window.get(BARS).await?;
    assert!(
        !are_same(&previewed, &before),
        "the preview is on the chart"
    );
    assert!(
        std::fs::read(home.plan_file())? == stored,
        "a preview was stored"
    );
    seen::is_accessible(window, "preview of an option").await?;
    window.picture("56-way-previewed").await?;

    let name = window
        .text(&format!("{card} .name"))
        .await?
        .unwrap_or_default();
    window.find("#apply-option").await?.click().await?;
    window
        .until("the way is taken", async || {
            Ok(std::fs::read(home.plan_file())? != stored
                && window.is("!document.querySelector('#check-in')").await?)
        })
        .await?;
    let applied: Bars = window.get(BARS).await?;
    assert!(are_same(&applied, &previewed), "taken is what was shown");
    assert_eq!(finish_in_words(window).await?, promised);
    let undo = window.find("#undo").await?;
    let label = undo.attr("title").await?.unwrap_or_default();
    let label = label.trim_start_matches("Undo: ").to_owned();
    assert!(
        name.trim().starts_with(&label),
        "{label:?} is undone, of {name:?}"
    );
    window.picture("57-way-taken").await?;

    chord(window, &[Key::Control], "z").await?;
    window
        .until("the chart is as before", async || {
            Ok(
                are_same(&window.get(BARS).await?, &before)
                    && seen::finish(window).await? == finish,
            )
        })
        .await?;
    window.picture("58-undone").await?;
    // It has been told.
    assert!(window.is("!document.querySelector('#check-in')").await?);
    Ok(())
}

/// The finish that the window shows, as the options write dates.
async fn finish_in_words(window: &Window) -> Result<Option<String>> {
    let finish: Option<chrono::NaiveDate> = seen::finish(window)
        .await?
        .map(|date| date.parse())
        .transpose()?;
    Ok(finish.map(|date| date.format("%-d %b %Y").to_string()))
}

pub async fn says_where_one_stands(window: &Window) -> Result {
    window.find("#view-progress").await?.click().await?;
    says(window, "#progress .against", "behind").await?;
    says(window, "#progress", "Attendance").await?;
    says(window, "#forecast-basis", "of your own").await?;
    seen::scrolls_to(window, "#progress details summary").await?;
    window
        .find("#progress details summary")
        .await?
        .click()
        .await?;
    says(window, "#progress .figures", "SPI(t)").await?;
    seen::is_accessible(window, "progress").await?;
    window.picture("59-progress").await?;

    seen::scrolls_to(window, "#baseline-name").await?;
    window.fill("#baseline-name", "January").await?;
    says(window, "#baselines", "January").await?;
    let named = "document.querySelectorAll('#baselines li').length";
    has_count(window, named, 2).await?;
    window.picture("60-baselines").await?;
    window
        .find("#baselines [aria-label$=January]")
        .await?
        .click()
        .await?;
    has_count(window, named, 1).await?;
    window.find("#view-plan").await?.click().await?;
    window
        .until("the first baseline is on the chart", async || {
            window
                .is("document.querySelector('#gantt .baseline')?.getAttribute('d')")
                .await
        })
        .await
}

pub async fn fits_a_small_dark_window(window: &Window, home: &Home) -> Result {
    window.page.set_window_rect(0, 0, 720, 480).await?;
    window
        .until("the window is small", async || {
            window.is("innerWidth === 720 && innerHeight === 480").await
        })
        .await?;
    seen::darkens(window).await?;
    window.press(&[], 'o').await?;
    window.find("#choices .preview").await?;
    assert!(
        window
            .is("document.documentElement.scrollWidth <= innerWidth")
            .await?,
        "the page is wider than a small window"
    );
    seen::is_accessible(window, "options, small and dark").await?;
    window.picture("61-small-dark").await?;
    window.find("#close-options").await?.click().await?;
    for part in [
        "#finish-date",
        "#hours-slider",
        "#view-today",
        "#undo",
        "#export-calendar",
    ] {
        assert!(
            seen::is_in_view(window, part).await?,
            "{part} cannot be seen in a small window"
        );
    }
    window
        .until("the theme is stored", async || {
            let files = home.files()?;
            let settings = files
                .iter()
                .find(|(path, _)| path.ends_with("settings.json"));
            let (_, bytes) = settings.ok_or("no settings")?;
            let settings: serde_json::Value = serde_json::from_slice(bytes).unwrap_or_default();
            Ok(settings["view"]["theme"] == "dark")
        })
        .await
}

pub async fn does_not_tell_twice(window: &Window) -> Result {
    // The options open automatically only if there is something to report, which is requested
    // before the forecast.
    window.find("#summary[data-p80]").await?;
    window.painted().await?;
    assert!(
        window.is("!document.querySelector('#options')").await?,
        "what was told is told again"
    );
    window.press(&[], 'o').await?;
    window.find("#choices .preview").await?;
    assert!(window.is("!document.querySelector('#check-in')").await?);
    Ok(())
}

/// Presses a key wherever the focus is, with others held.
async fn chord(window: &Window, held: &[Key], key: impl Into<TypingData>) -> Result {
    let mut keys = window.page.action_chain();
    for key in held {
        keys = keys.key_down(key.value());
    }
    keys = keys.send_keys(key);
    for key in held {
        keys = keys.key_up(key.value());
    }
    Ok(keys.perform().await?)
}

async fn has_state(window: &Window, session: &str, state: &str) -> Result {
    let shown = format!("document.querySelector({})?.dataset.state", json!(session));
    window
        .until(&format!("{session} is {state}"), async || {
            window.is(&format!("{shown} === {}", json!(state))).await
        })
        .await
}

async fn has_count(window: &Window, count: &str, expected: usize) -> Result {
    window
        .until(&format!("{count} is {expected}"), async || {
            Ok(window.get::<usize>(count).await? == expected)
        })
        .await
}
