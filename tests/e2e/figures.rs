//! How fast the window is. Run by `cargo xtask figures`, on the release build.

use std::time::Duration;

use crate::progress::BEFORE;
use crate::window::{Home, Result, Window};

const LAUNCHES: usize = 7;
const MOVES: usize = 100;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "measures, and is run by `cargo xtask figures`"]
async fn figures() -> Result {
    let home = Home::new()?;
    for _ in 0..LAUNCHES {
        Window::open_at(&home, BEFORE).await?.close().await?;
    }
    let mut launches = launches(&home.said());
    assert_eq!(launches.len(), LAUNCHES, "launches that the app told of");
    launches.sort_by(f64::total_cmp);
    println!(
        "launch to drawn chart: median {:.0} ms, from {:.0} to {:.0} ms ({LAUNCHES} launches)",
        launches[LAUNCHES / 2],
        launches[0],
        launches[LAUNCHES - 1],
    );

    let window = Window::open_at(&home, BEFORE).await?;
    let mut previews = previews(&window).await?;
    window.close().await?;
    previews.sort_by(f64::total_cmp);
    let mean = previews.iter().sum::<f64>() / previews.len() as f64;
    println!(
        "slider to new chart on screen: mean {mean:.1} ms, 95 of 100 under {:.0} ms ({} moves)",
        previews[previews.len() * 95 / 100],
        previews.len(),
    );
    Ok(())
}

/// The app writes `waymark: chart drawn N ms after launch` when WAYMARK_TRACE is set.
fn launches(said: &str) -> Vec<f64> {
    said.lines()
        .filter_map(|line| line.strip_prefix("waymark: chart drawn "))
        .filter_map(|rest| rest.split(' ').next()?.parse().ok())
        .collect()
}

/// Milliseconds from the slider's event to the paint after it, for each of many moves.
async fn previews(window: &Window) -> Result<Vec<f64>> {
    let slider = window.find("#hours-slider").await?;
    let at_once = Some(Duration::ZERO);
    window
        .page
        .action_chain()
        .move_to_element_center(&slider)
        .click_and_hold()
        .perform()
        .await?;
    let measured = "performance.getEntriesByName('preview')";
    for index in 0..MOVES {
        let before: usize = window.get(&format!("{measured}.length")).await?;
        // To and fro, far enough for another value and never beyond the slider's ends.
        let by = if index % 20 < 10 { 4 } else { -4 };
        let pointer = window.page.action_chain_with_delay(at_once, at_once);
        pointer.move_by_offset(by, 0).perform().await?;
        window
            .until("the move is on screen", async || {
                window.is(&format!("{measured}.length > {before}")).await
            })
            .await?;
    }
    window.page.action_chain().release().perform().await?;
    window
        .get(&format!("{measured}.map((entry) => entry.duration)"))
        .await
}
