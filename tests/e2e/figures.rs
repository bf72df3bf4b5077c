//! How fast the window is, beside a window with nothing in it. Run by `cargo xtask figures`, on the
//! release build.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::json;

use crate::chart::on_the_bar;
use crate::progress::BEFORE;
use crate::window::{Home, Result, Window};

#[allow(dead_code)] // the benches use the rest
#[path = "../../benches/input.rs"]
mod input;

const LAUNCHES: usize = 9;
const MOVES: usize = 100;
const FRAMES: usize = 30;

/// Items of the large roadmap, with five sessions each.
const MANY: usize = 10_000;
/// Before its first session.
const BEFORE_MANY: &str = "2000-01-03T10:00:00Z";

const CHART: &str = "#gantt .scroller";

#[tokio::test(flavor = "multi_thread")]
#[ignore = "measures, and is run by `cargo xtask figures`"]
async fn figures() -> Result {
    let empty = std::env::var_os("WAYMARK_EMPTY").map(PathBuf::from);
    let empty = empty.ok_or("`cargo xtask figures` names the empty window")?;
    launches(&empty).await?;
    let floor = Floor::of(&empty).await?;

    let window = Window::open_at(&Home::new()?, BEFORE).await?;
    window.find("#view-plan").await?.click().await?;
    let slider = by_drag(&window, middle(&window, "#hours-slider").await?, (4, 0)).await?;
    tell("hours slider to chart", &slider, &floor.drag);
    let bar = by_drag(&window, on_the_bar(&window).await?, (12, 0)).await?;
    tell("a bar dragged in Plan", &bar, &floor.drag);
    tell(
        "Plan scrolled",
        &scrolled(&window, CHART).await?,
        &floor.scroll,
    );
    tell("Plan zoomed", &zoomed(&window).await?, &floor.scroll);
    window.find("#view-week").await?.click().await?;
    let session = by_drag(
        &window,
        middle(&window, "#week [data-block]").await?,
        (0, -16),
    )
    .await?;
    tell("a session dragged in Week", &session, &floor.drag);
    window.close().await?;

    let home = Home::with_plan(&input::synthetic(MANY)?)?;
    let window = Window::open_at(&home, BEFORE_MANY).await?;
    window.find("#view-plan").await?.click().await?;
    tell(
        "10,000 items scrolled",
        &scrolled(&window, CHART).await?,
        &floor.scroll,
    );
    tell(
        "10,000 items zoomed",
        &zoomed(&window).await?,
        &floor.scroll,
    );
    let elements: usize = window.get("document.querySelectorAll('*').length").await?;
    println!("10,000 items: {elements} elements in the page");
    window.close().await
}

/// Launches of the app and of the empty window in turns, with the memory of each.
async fn launches(empty: &Path) -> Result {
    let (ours, in_plan, theirs) = (Home::unused()?, Home::new()?, Home::new()?);
    let mut memory = [Vec::new(), Vec::new(), Vec::new()];
    for _ in 0..LAUNCHES {
        let window = Window::open_at(&ours, BEFORE).await?;
        memory[0].push(ours.memory()?);
        window.close().await?;
        let window = Window::open_at(&in_plan, BEFORE).await?;
        memory[1].push(in_plan.memory()?);
        window.close().await?;
        let window = Window::open_by(&theirs, BEFORE, empty).await?;
        memory[2].push(theirs.memory()?);
        window.close().await?;
    }
    let drawn = [ours, in_plan, theirs].map(|home| launched(&home.said()));
    assert!(drawn.iter().all(|told| told.len() == LAUNCHES), "{drawn:?}");
    let [today, plan, empty] = drawn;
    let [memory_of_today, memory_of_plan, empty_memory] = memory;
    for (name, unit, [ours, empty]) in [
        ("launch to the first view", "ms", [&today, &empty]),
        ("launch to the plan", "ms", [&plan, &empty]),
        (
            "memory in Today (PSS)",
            "MB",
            [&memory_of_today, &empty_memory],
        ),
        (
            "memory in the plan (PSS)",
            "MB",
            [&memory_of_plan, &empty_memory],
        ),
    ] {
        let (ours, empty) = (quantile(ours, 50), quantile(empty, 50));
        let times = ours / empty;
        println!("{name}: median {ours:.0} {unit}, empty {empty:.0}: {times:.2} times");
    }
    Ok(())
}

/// Both programs write `NAME: … drawn N ms after launch`, the app if WAYMARK_TRACE is set.
fn launched(said: &str) -> Vec<f64> {
    let lines = said.lines().filter_map(|line| line.split_once(" drawn "));
    lines
        .filter_map(|(_, rest)| rest.split(' ').next()?.parse().ok())
        .collect()
}

/// The times of the empty window, in milliseconds.
struct Floor {
    drag: Vec<f64>,
    scroll: Vec<f64>,
}

impl Floor {
    async fn of(empty: &Path) -> Result<Self> {
        let window = Window::open_by(&Home::new()?, BEFORE, empty).await?;
        let drag = by_drag(&window, middle(&window, "#hours-slider").await?, (4, 0)).await?;
        let scroll = scrolled(&window, "#scroller").await?;
        window.close().await?;
        Ok(Self { drag, scroll })
    }
}

/// Milliseconds from each pointer event of a drag to the paint after it. Each moves the pointer by
/// this number of pixels across and down, to and fro.
async fn by_drag(window: &Window, (x, y): (i64, i64), by: (i64, i64)) -> Result<Vec<f64>> {
    let clear = "performance.clearMeasures('preview')";
    window.page.execute(clear, vec![]).await?;
    let at_once = Some(Duration::ZERO);
    let press = window.page.action_chain();
    press.move_to(x, y).click_and_hold().perform().await?;
    let measured = "performance.getEntriesByName('preview')";
    for index in 0..MOVES {
        let before: usize = window.get(&format!("{measured}.length")).await?;
        // Far enough for another value, and never beyond the slider's ends.
        let way = if index % 10 < 5 { 1 } else { -1 };
        let pointer = window.page.action_chain_with_delay(at_once, at_once);
        pointer
            .move_by_offset(way * by.0, way * by.1)
            .perform()
            .await?;
        // Back where it began, there is nothing to preview.
        if index % 10 == 9 {
            continue;
        }
        window
            .until("the move is on screen", async || {
                window.is(&format!("{measured}.length > {before}")).await
            })
            .await?;
    }
    window.press(&[], thirtyfour::Key::Escape.value()).await?;
    window.page.action_chain().release().perform().await?;
    window
        .get(&format!("{measured}.map((entry) => entry.duration)"))
        .await
}

/// The middle of an element, once it is in sight.
async fn middle(window: &Window, css: &str) -> Result<(i64, i64)> {
    let element = window.find(css).await?;
    // A view scrolls to its own place first.
    window.painted().await?;
    element.scroll_into_view().await?;
    window.painted().await?;
    let rect = format!(
        "document.querySelector({}).getBoundingClientRect()",
        json!(css)
    );
    window
        .get(&format!(
            "(({{ x, y, width, height }}) => \
             [Math.round(x + width / 2), Math.round(y + height / 2)])({rect})"
        ))
        .await
}

/// Milliseconds from scrolling a part of the page to the paint after it.
async fn scrolled(window: &Window, css: &str) -> Result<Vec<f64>> {
    let scroller = json!(css);
    frames(
        window,
        &format!("document.querySelector({scroller}).scrollTop += turn % 20 < 10 ? 90 : -90"),
    )
    .await
}

/// Milliseconds from a press on a zoom button to the paint after it.
async fn zoomed(window: &Window) -> Result<Vec<f64>> {
    let button = "turn % 6 < 3 ? '#zoom-in' : '#zoom-out'";
    frames(window, &format!("document.querySelector({button}).click()")).await
}

/// Does something in the page once a frame, and measures until the paint after it.
async fn frames(window: &Window, act: &str) -> Result<Vec<f64>> {
    let script = format!(
        "const [done] = arguments;
         const times = [];
         const next = (turn) => requestAnimationFrame(() => {{
           if (turn === {FRAMES}) return done(times);
           const begun = performance.now();
           {act};
           requestAnimationFrame(() => {{
             const {{ port1, port2 }} = new MessageChannel();
             port1.onmessage = () => {{
               times.push(performance.now() - begun);
               next(turn + 1);
             }};
             port2.postMessage(null);
           }});
         }});
         next(0);"
    );
    Ok(window
        .page
        .execute_async(&script, vec![])
        .await?
        .convert()?)
}

fn tell(name: &str, times: &[f64], floor: &[f64]) {
    let (ours, empty) = (mean(times), mean(floor));
    let (ours_p95, empty_p95) = (quantile(times, 95), quantile(floor, 95));
    println!(
        "{name}: mean {ours:.1} ms, empty {empty:.1}: {:.2} times; \
         95 of 100 under {ours_p95:.0} ms, empty {empty_p95:.0}: {:.2} times ({} of {})",
        ours / empty,
        ours_p95 / empty_p95,
        times.len(),
        floor.len(),
    );
}

fn mean(times: &[f64]) -> f64 {
    times.iter().sum::<f64>() / times.len() as f64
}

fn quantile(times: &[f64], percent: usize) -> f64 {
    let mut times = times.to_vec();
    times.sort_by(f64::total_cmp);
    times[(times.len() * percent / 100).min(times.len() - 1)]
}
