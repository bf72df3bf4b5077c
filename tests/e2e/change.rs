//! A learner's changes to the plan, with pointer and keys.

use thirtyfour::prelude::*;

use crate::expected::{self, START, ZONE};
use crate::seen;
use crate::window::{Home, Result, Window};

/// The optional item that the story adds.
const CERTIFICATE: &str = "aws-ml-specialty";

pub async fn takes_start_and_zone(window: &Window) -> Result {
    seen::opens_setup(window).await?;
    window.fill("#zone-field", ZONE).await?;
    window.fill("#start-field", START).await?;
    seen::closes_setup(window).await?;
    seen::shows(window, &expected::with_hours("10")?).await?;
    seen::is_accessible(window, "light").await?;
    window.picture("03-light").await
}

pub async fn previews_while_the_slider_is_dragged(window: &Window, home: &Home) -> Result {
    let kept_finish = seen::finish(window).await?;
    let kept_file = std::fs::read(home.plan_file())?;
    let slider = window.find("#hours-slider").await?;
    window
        .page
        .action_chain()
        .move_to_element_center(&slider)
        .click_and_hold()
        .move_by_offset(30, 0)
        .perform()
        .await?;
    window
        .until("the chart follows the slider", async || {
            Ok(seen::finish(window).await? != kept_finish)
        })
        .await?;
    window.picture("04-preview").await?;
    assert!(
        std::fs::read(home.plan_file())? == kept_file,
        "a preview was stored"
    );

    window.page.action_chain().release().perform().await?;
    window
        .until("letting go keeps the preview", async || {
            Ok(std::fs::read(home.plan_file())? != kept_file)
        })
        .await
}

pub async fn keeps_what_the_keys_set(window: &Window, home: &Home) -> Result {
    let before = std::fs::read(home.plan_file())?;
    let slider = window.find("#hours-slider").await?;
    // From the slider's lower end at 1, in steps of a half, to 20.
    let steps = Key::Right.value().to_string().repeat(38);
    slider.send_keys(Key::Home + steps).await?;
    seen::has_value(window, "#hours-slider", "20").await?;
    seen::has_value(window, "#hours-field", "20").await?;
    seen::shows(window, &expected::with_hours("20")?).await?;
    window
        .until("the new hours are stored", async || {
            Ok(std::fs::read(home.plan_file())? != before)
        })
        .await?;
    window.picture("05-twenty-hours").await
}

pub async fn refuses_bad_input(window: &Window) -> Result {
    let finish = seen::finish(window).await?;
    let cases: [(&str, &str, &str, &[&str]); 3] = [
        (
            "#hours-field",
            "hours per week",
            "20",
            &["0", "-3", "abc", "200"],
        ),
        (
            "#start-field",
            "start date",
            START,
            &["2027-02-31", "9999-01-01"],
        ),
        ("#zone-field", "time zone", ZONE, &["Mars/Olympus"]),
    ];
    seen::opens_setup(window).await?;
    for (css, field, good, bad) in cases {
        for value in bad {
            window.fill(css, value).await?;
            window
                .until(
                    &format!("a problem names {field} and {value}"),
                    async || {
                        let problem = window.text("#problem").await?.unwrap_or_default();
                        Ok(problem.to_lowercase().contains(field) && problem.contains(value))
                    },
                )
                .await?;
            assert_eq!(seen::finish(window).await?, finish, "after {field} {value}");
            seen::has_value(window, css, value).await?;
        }
        seen::is_accessible(window, "with a problem").await?;
        window
            .picture(&format!("06-bad-{}", field.replace(' ', "-")))
            .await?;

        window.fill(css, good).await?;
        window
            .until(&format!("the problem is gone after {good}"), async || {
                Ok(window.text("#problem").await?.is_none())
            })
            .await?;
        assert_eq!(seen::finish(window).await?, finish, "after {field} {good}");
    }
    seen::closes_setup(window).await
}

pub async fn adds_and_removes_an_optional_item(window: &Window) -> Result {
    let row = format!("[data-item='{CERTIFICATE}']");
    let button = format!("{row} button");
    seen::finds_row(window, &row).await?;
    window.find(&button).await?.click().await?;
    seen::shows(window, &expected::with_hours_and_item("20", CERTIFICATE)?).await?;
    window.picture("07-optional-item").await?;

    window.find(&button).await?.click().await?;
    seen::shows(window, &expected::with_hours("20")?).await?;
    seen::scrolls_to_the_first_row(window).await
}

pub async fn undoes_and_redoes_the_removal(window: &Window) -> Result {
    window.find("#undo").await?.click().await?;
    seen::shows(window, &expected::with_hours_and_item("20", CERTIFICATE)?).await?;
    window.find("#redo").await?.click().await?;
    seen::shows(window, &expected::with_hours("20")?).await
}
