//! The thread that syncs calendars automatically, while the window shows a plan.
//!
//! It decides nothing: [`Desk::next_sync`] says what is due. The page hears of the state after each
//! look, if it has changed.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use tauri::{AppHandle, Manager, Runtime};
use waymark_desk::calendars::tracking::{CalendarsState, NextSync};
use waymark_desk::desk::Desk;
use waymark_desk::desks::Desks;

use crate::news::{Ear, WindowNews};

/// How long the thread waits for a plan that isn't open yet.
const UNTIL_OPEN: Duration = Duration::from_secs(2);

/// Whether the thread runs.
#[derive(Debug, Default)]
pub struct Syncing(AtomicBool);

/// Starts automatic sync, once the page listens.
pub fn begin<R: Runtime>(app: &AppHandle<R>) {
    if app.state::<Syncing>().0.swap(true, Ordering::Relaxed) {
        return;
    }
    let app = app.clone();
    let begun = thread::Builder::new().name("calendars".to_owned());
    if let Err(error) = begun.spawn(move || go_on(&app)) {
        eprintln!("waymark: calendars don't sync automatically: {error}");
    }
}

fn go_on<R: Runtime>(app: &AppHandle<R>) {
    let mut told = None;
    loop {
        let Some(desks) = app.try_state::<Desks>() else {
            thread::sleep(UNTIL_OPEN);
            continue;
        };
        let desk = desks.desk();
        desk.roll_live_files();
        let next = desk.next_sync();
        tell_if_new(app, &desk, &mut told);
        match &next {
            NextSync::Now(calendar) => {
                let before = desk.document().generation;
                desk.auto_sync(calendar);
                let has_moved = desk.document().generation != before;
                tell(app, desk.calendars_state(), has_moved);
            }
            next => desk.wait_for(next),
        }
    }
}

fn tell_if_new<R: Runtime>(
    app: &AppHandle<R>,
    desk: &Arc<Desk>,
    told: &mut Option<(String, Option<CalendarsState>)>,
) {
    let now = Some((desk.id.clone(), desk.calendars_state()));
    if *told != now {
        told.clone_from(&now);
        tell(app, now.and_then(|(_, state)| state), false);
    }
}

/// Tells the page the state of the calendars that sync automatically.
pub fn tell<R: Runtime>(app: &AppHandle<R>, state: Option<CalendarsState>, has_moved: bool) {
    app.state::<Ear>()
        .tell(WindowNews::Calendars { state, has_moved });
}
