//! How fast the window is. Run by `cargo xtask figures`, on the release build.

use crate::window::{Home, Result, Window};
use thirtyfour::prelude::*;

const LAUNCHES: usize = 7;
const MOVES: usize = 100;

#[tokio::test(flavor = "multi_thread")]
#[ignore = "measures, and is run by `cargo xtask figures`"]
async fn figures() -> Result {
    let home = Home::new()?;
    for _ in 0..LAUNCHES {
        Window::open(&home).await?.close().await?;
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

    let window = Window::open(&home).await?;
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
    for index in 0..MOVES {
        // Up and down in turn, so that no move ends at the slider's stop.
        let key = if index % 20 < 10 {
            Key::Right
        } else {
            Key::Left
        };
        slider.send_keys(key + "").await?;
    }
    let measured = "performance.getEntriesByName('preview').length";
    window
        .until("every move is on screen", async || {
            window.is(&format!("{measured} >= {MOVES}")).await
        })
        .await?;
    window
        .get("performance.getEntriesByName('preview').map((entry) => entry.duration)")
        .await
}
