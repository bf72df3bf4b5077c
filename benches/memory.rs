//! Peak memory of a schedule, on top of its plan.
//!
//! `cargo bench -p waymark-core --bench memory`. It is a program of its own, because the counting
//! allocator moves every vector that grows, which would distort the other bench's times.

mod input;

use std::process::ExitCode;

use peak_alloc::PeakAlloc;
use waymark_core::input_error::InputError;
use waymark_core::schedule::schedule;

use input::{NOW, SIZES, real, synthetic};

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const MOST_BYTES_PER_SESSION: f64 = 200.0;

fn main() -> Result<ExitCode, InputError> {
    let mut plans = vec![("real, 10 h", real("10")?)];
    for items in SIZES {
        plans.push(("made up", synthetic(items)?));
    }
    println!("plan           items sessions      peak, kB  bytes/session");
    let mut most: f64 = 0.0;
    for (name, plan) in plans {
        let before = MEMORY.current_usage();
        MEMORY.reset_peak_usage();
        let sessions = schedule(&plan, NOW).sessions.len();
        let bytes = (MEMORY.peak_usage() - before) as f64;
        let per_session = bytes / sessions as f64;
        most = most.max(per_session);
        let items = plan.roadmap().items.len();
        println!(
            "{name:<12} {items:>7} {sessions:>8} {:>13.1} {per_session:>14.1}",
            bytes / 1e3
        );
    }
    let is_kept = most < MOST_BYTES_PER_SESSION;
    let verdict = if is_kept { "kept" } else { "BROKEN" };
    println!("\nbytes per session {most:.1}, under {MOST_BYTES_PER_SESSION}: {verdict}");
    Ok(ExitCode::from(u8::from(!is_kept)))
}
