//! Real availability, a target date, and sessions of one's own, in the real window.

use serde_json::{Value, json};
use thirtyfour::prelude::*;
use waymark_core::plan::Change;

use crate::dialog;
use crate::expected::{self, Expected};
use crate::seen;
use crate::window::{Home, Result, Window};

const OFF: (&str, &str) = ("2027-02-01", "2027-02-14");

/// The change as the page sends it.
fn change(value: Value) -> Result<Change> {
    Ok(serde_json::from_value(value)?)
}

fn time_off() -> Result<Change> {
    let (first, last) = OFF;
    change(json!({"kind": "exception", "added": true,
                  "exception": {"kind": "time-off", "first": first, "last": last}}))
}

/// A target date that the plan meets with ease.
pub fn easy_target() -> Result<Change> {
    change(json!({"kind": "target", "value": "2028-03-31"}))
}

fn plain() -> Result<Expected> {
    expected::with_hours("10")
}

pub async fn opens_your_time(window: &Window) -> Result {
    seen::shows(window, &plain()?).await?;
    window.find("#open-setup").await?.click().await?;
    window
        .until("the focus is in Setup", async || {
            window
                .is("document.querySelector('#setup')?.contains(document.activeElement)")
                .await
        })
        .await?;
    seen::is_accessible(window, "your time").await?;
    window.picture("20-your-time").await
}

pub async fn previews_time_off_and_keeps_it(window: &Window, home: &Home) -> Result {
    let stored = std::fs::read(home.plan_file())?;
    let away = expected::after(&[time_off()?])?;
    let (first, last) = OFF;

    window.find("[data-kind='time-off']").await?.click().await?;
    window.type_over("#exception-first", first).await?;
    window.type_over("#exception-last", last).await?;
    seen::shows(window, &away).await?;
    seen::is_accessible(window, "time off in the making").await?;
    window.picture("21-time-off-previewed").await?;
    assert!(
        std::fs::read(home.plan_file())? == stored,
        "a preview was stored"
    );
    window
        .find("#exception-last")
        .await?
        .send_keys(Key::Escape + "")
        .await?;
    seen::shows(window, &plain()?).await?;

    window.find("[data-kind='time-off']").await?.click().await?;
    window.type_over("#exception-first", last).await?;
    window.type_over("#exception-last", first).await?;
    says(window, "#setup .rejected", "ends before it starts").await?;
    seen::shows(window, &plain()?).await?;
    window.type_over("#exception-first", first).await?;
    window.fill("#exception-last", last).await?;
    says(window, "#exceptions", "1–14 Feb 2027").await?;
    seen::shows(window, &away).await?;
    window.picture("22-time-off-kept").await?;

    window.find("#exceptions button").await?.click().await?;
    seen::shows(window, &plain()?).await
}

/// One event on a Tuesday evening, one that is shown as free, and one that no program could
/// understand.
const WORK: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Work//EN\r\n\
    BEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20261101T000000Z\r\nSUMMARY:Meeting\r\n\
    DTSTART:20270105T180000Z\r\nDTEND:20270105T200000Z\r\nEND:VEVENT\r\n\
    BEGIN:VEVENT\r\nUID:2\r\nDTSTAMP:20261101T000000Z\r\nSUMMARY:Birthday\r\nTRANSP:TRANSPARENT\r\n\
    DTSTART;VALUE=DATE:20270106\r\nEND:VEVENT\r\n\
    BEGIN:VEVENT\r\nUID:3\r\nDTSTAMP:20261101T000000Z\r\nSUMMARY:Nonsense\r\n\
    DTSTART:tomorrow\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

pub async fn takes_busy_times_from_a_calendar(window: &Window, home: &Home) -> Result {
    let file = home.path("work.ics");
    std::fs::write(&file, WORK)?;
    window.find("#import-busy").await?.click().await?;
    dialog::open(window, "Import busy times", &file).await?;
    says(window, "#busy-sources", "work.ics: 1 busy time").await?;
    says(window, "#busy-report", "1 event ignored: 1 free").await?;
    says(window, "#busy-report", "“Nonsense”").await?;
    let busy = change(json!({"kind": "busy", "source": "work.ics", "times": [
        {"start": "2027-01-05T18:00:00Z", "end": "2027-01-05T20:00:00Z"},
    ]}))?;
    seen::shows(window, &expected::after(&[busy])?).await?;
    seen::is_accessible(window, "busy times").await?;
    window.picture("22b-busy-times").await?;

    window.find("#busy-sources button").await?.click().await?;
    seen::shows(window, &plain()?).await
}

pub async fn keeps_windows_of_ones_own(window: &Window) -> Result {
    window.find("#windows-own").await?.click().await?;
    window.fill("[aria-label='Tuesday to']", "22:30").await?;
    let own = |tuesday: &str| {
        let evening = |day: &str, to: &str| json!({"day": day, "from": "19:00", "to": to});
        change(json!({"kind": "windows", "windows": [
            evening("mon", "20:30"), evening("tue", tuesday), evening("wed", "20:30"),
            evening("thu", "20:30"), evening("fri", "20:30"),
            {"day": "sat", "from": "09:00", "to": "11:30"},
        ]}))
    };
    seen::shows(window, &expected::after(&[own("22:30")?])?).await?;
    seen::has_value(window, "#hours-field", "12").await?;

    window.fill("[aria-label='Tuesday to']", "18:00").await?;
    says(window, "#setup .rejected", "Tue 19:00–18:00").await?;
    seen::shows(window, &expected::after(&[own("22:30")?])?).await?;
    seen::is_accessible(window, "refused window").await?;
    window.picture("23-windows").await?;
    window.fill("[aria-label='Tuesday to']", "20:30").await?;
    seen::shows(window, &expected::after(&[own("20:30")?])?).await?;
    window.find("#windows-spread").await?.click().await?;
    seen::shows(window, &plain()?).await
}

pub async fn keeps_limits_and_travel(window: &Window) -> Result {
    let cap = change(json!({"kind": "dayCap", "value": "60"}))?;
    choose(window, "#day-cap", "1 h").await?;
    seen::shows(window, &expected::after(&[cap])?).await?;
    choose(window, "#day-cap", "no limit").await?;

    window.find("#add-journey").await?.click().await?;
    window.type_over("#journey-zone", "Asia/Tokyo").await?;
    window.fill("#journey-from", "2027-03-01").await?;
    says(window, "#journeys", "Asia/Tokyo from 1 Mar 2027").await?;
    window.find("#journeys button").await?.click().await?;
    window
        .until("the journey is gone", async || {
            Ok(window.text("#journeys").await?.is_none())
        })
        .await?;

    window
        .find("#open-setup")
        .await?
        .send_keys(Key::Enter + "")
        .await?;
    window
        .until("Setup is closed", async || {
            Ok(window.text("#setup").await?.is_none())
        })
        .await
}

pub async fn answers_a_target_date(window: &Window) -> Result {
    let hard = [change(json!({"kind": "target", "value": "2027-11-06"}))?];
    window.fill("#target-field", "2027-11-06").await?;
    tells_the_answers(window, &hard).await?;
    window.picture("24-target-missed").await?;
    seen::is_accessible(window, "target missed").await?;

    let easy = [easy_target()?];
    window.fill("#target-field", "2028-03-31").await?;
    tells_the_answers(window, &easy).await?;
    says(window, "#target-answer", "to spare").await?;
    window
        .until("the critical path is on the chart", async || {
            window
                .is("[...document.querySelectorAll('path.critical')].some((line) => line.getAttribute('d'))")
                .await
        })
        .await?;
    window.picture("25-target-met").await
}

async fn tells_the_answers(window: &Window, changes: &[Change]) -> Result {
    let answers = expected::answers(changes)?;
    says(window, "#target-answer", &answers.short).await?;
    says(window, "#verdict", &answers.verdict).await?;
    says(window, "#verdict", &answers.takes).await
}

pub async fn pins_moves_and_unpins_a_session(window: &Window, home: &Home) -> Result {
    opens_the_first_session(window).await?;
    says(
        window,
        "#session-when",
        "Monday 4 January 2027, 19:00–20:30",
    )
    .await?;
    seen::is_accessible(window, "a session's box").await?;
    window.picture("26-session").await?;

    window.find("#move").await?.click().await?;
    window.type_over("#move-date", "2027-01-10").await?;
    window.type_over("#move-time", "14:00").await?;
    let moved = change(json!({"kind": "pin", "instead": "2027-01-04T19:00",
                              "pin": {"item": "python", "start": "2027-01-10T14:00", "minutes": 90}}))?;
    seen::shows(window, &expected::after(&[easy_target()?, moved])?).await?;
    window.picture("27-session-moved").await?;
    window
        .find("#move-time")
        .await?
        .send_keys(Key::Enter + "")
        .await?;
    window
        .until("the session is moved", async || {
            let stored = String::from_utf8_lossy(&std::fs::read(home.plan_file())?).into_owned();
            let is_gone = window.is("!document.querySelector('#move-time')").await?;
            Ok(is_gone && stored.contains("2027-01-10T14:00"))
        })
        .await?;
    close(window).await?;
    // Nobody is told of what they just chose.
    let is_quiet = "!document.querySelector('#notices').textContent.includes('outside')";
    assert!(window.is(is_quiet).await?);

    window.find("#open-setup").await?.click().await?;
    says(window, "#moved", "Python: Sun 10 Jan 2027, 14:00").await?;
    window.picture("28-moved").await?;
    window.find("#moved button").await?.click().await?;
    seen::shows(window, &expected::after(&[easy_target()?])?).await?;
    window
        .find("#open-setup")
        .await?
        .click()
        .await
        .map_err(Into::into)
}

/// With the keyboard alone.
async fn opens_the_first_session(window: &Window) -> Result {
    window
        .find("[data-item='python'] [role=rowheader]")
        .await?
        .click()
        .await?;
    let keys = Key::Right.value().to_string() + Key::Enter.value().to_string().as_str();
    window.page.action_chain().send_keys(keys).perform().await?;
    window.find("#details").await?;
    Ok(())
}

/// A press on a bar and the right button on a name show the same details; Escape closes them.
pub async fn opens_by_mouse(window: &Window) -> Result {
    seen::finds_row(window, "[data-item='python']").await?;
    let (x, y): (f64, f64) = window
        .get(
            "(() => {
               const row = document.querySelector(\"[data-item='python']\").getBoundingClientRect();
               const bars = document.querySelector('path.band').getBoundingClientRect();
               return [bars.left + 3, row.top + row.height / 2];
             })()",
        )
        .await?;
    #[allow(clippy::cast_possible_truncation)] // pixels of a window
    let (x, y) = (x as i64, y as i64);
    let press = || window.page.action_chain().move_to(x, y).click();
    press().perform().await?;
    says(window, "#details .title", "Python").await?;
    close(window).await?;

    let name = window.find("[data-item='git'] [role=rowheader]").await?;
    window
        .page
        .action_chain()
        .context_click_element(&name)
        .perform()
        .await?;
    says(window, "#details .title", "Git").await?;
    close(window).await
}

pub async fn knows_some_already_and_orders_the_rest(window: &Window) -> Result {
    let known = || change(json!({"kind": "known", "item": "python", "known": "whole"}));
    let first = change(json!({"kind": "priority", "item": "git", "value": "2"}))?;
    more(window, "[data-item='python']").await?;
    window.find("#known-whole").await?.click().await?;
    seen::shows(window, &expected::after(&[easy_target()?, known()?])?).await?;
    window.picture("29-known").await?;
    close(window).await?;

    more(window, "[data-item='git']").await?;
    choose(window, "#priority", "first").await?;
    seen::shows(
        window,
        &expected::after(&[easy_target()?, known()?, first])?,
    )
    .await?;
    close(window).await
}

pub async fn gives_a_phase_its_own_date(window: &Window) -> Result {
    more(window, "[data-phase='foundations']").await?;
    window.fill("#phase-target", "2027-02-01").await?;
    says(window, "#details", "Foundations").await?;
    says(window, "#verdict", "1 February 2027").await?;
    window.picture("30-phase-target").await?;
    window.fill("#phase-target", "2027-02-31").await?;
    says(window, "#details .rejected", "2027-02-31").await?;
    window
        .find("#details [aria-label='Close']")
        .await?
        .click()
        .await?;
    is_closed(window).await?;
    window
        .until("what was refused is forgotten with its field", async || {
            Ok(window.text("#problem").await?.is_none())
        })
        .await
}

/// A rejected value moves nothing, and the flags of the axis cover no label.
pub async fn leaves_slider_and_labels_alone(window: &Window) -> Result {
    window.fill("#hours-field", "200").await?;
    says(window, "#problem", "200").await?;
    seen::has_value(window, "#hours-slider", "10").await?;
    window.fill("#hours-field", "10").await?;

    // Four days after the app's clock.
    seen::opens_setup(window).await?;
    window.fill("#start-field", "2027-01-05").await?;
    seen::closes_setup(window).await?;
    window.find(".flag.today").await?;
    let covered: Vec<String> = window
        .get(
            "(() => {
               const flags = [...document.querySelectorAll('.flag')].map((flag) => flag.getBoundingClientRect());
               return [...document.querySelectorAll('.axis .cell span')].filter((label) => {
                 const box = label.getBoundingClientRect();
                 return flags.some((flag) => flag.left < box.right && box.left < flag.right
                   && flag.top < box.bottom && box.top < flag.bottom);
               }).map((label) => label.textContent);
             })()",
        )
        .await?;
    assert!(covered.is_empty(), "flags cover {covered:?}");
    window.picture("31-starts-soon").await
}

pub async fn fits_a_small_dark_window(window: &Window) -> Result {
    window.page.set_window_rect(0, 0, 720, 480).await?;
    window
        .until("the window is small", async || {
            window.is("innerWidth === 720 && innerHeight === 480").await
        })
        .await?;
    seen::darkens(window).await?;
    for part in [
        "#finish-date",
        "#target-field",
        "#open-setup",
        "#target-answer",
    ] {
        assert!(
            seen::is_in_view(window, part).await?,
            "{part} cannot be seen in a small window"
        );
    }
    more(window, "[data-item='git']").await?;
    seen::is_accessible(window, "a row's box, small and dark").await?;
    window.picture("32-small-menu").await?;
    close(window).await?;
    // The page scrolls in a window as low as this.
    seen::scrolls_to(window, "#open-setup").await?;
    window.find("#open-setup").await?.click().await?;
    seen::scrolls_to(window, "#week-start").await?;
    assert!(
        window
            .is("document.documentElement.scrollWidth <= innerWidth")
            .await?,
        "the page is wider than a small window"
    );
    seen::is_accessible(window, "your time, small and dark").await?;
    window.picture("33-small-time").await
}

/// Opens what can be changed about a row.
pub async fn more(window: &Window, row: &str) -> Result {
    seen::finds_row(window, row).await?;
    let button = window.find(&format!("{row} .more")).await?;
    window
        .page
        .action_chain()
        .move_to_element_center(&button)
        .click()
        .perform()
        .await?;
    window.find("#details").await?;
    Ok(())
}

async fn close(window: &Window) -> Result {
    let escape = Key::Escape.value().to_string();
    window
        .page
        .action_chain()
        .send_keys(escape)
        .perform()
        .await?;
    is_closed(window).await
}

async fn is_closed(window: &Window) -> Result {
    window
        .until("the details are closed", async || {
            Ok(window.text("#details").await?.is_none())
        })
        .await
}

/// Chooses an option of a select by its text.
async fn choose(window: &Window, css: &str, text: &str) -> Result {
    let list = window.find(css).await?;
    list.scroll_into_view().await?;
    let options = list.find_all(By::Tag("option")).await?;
    for option in options {
        if option.text().await? == text {
            option.click().await?;
            return Ok(());
        }
    }
    Err(format!("{css} has no option {text}").into())
}

/// Waits until an element says these words, however they are broken into lines.
pub async fn says(window: &Window, css: &str, words: &str) -> Result {
    let waited = window
        .until(&format!("{css} says {words}"), async || {
            let text = window.text(css).await?.unwrap_or_default();
            Ok(text
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
                .contains(words))
        })
        .await;
    match waited {
        Ok(()) => Ok(()),
        Err(error) => Err(format!("{error}; it says {:?}", window.text(css).await?).into()),
    }
}
