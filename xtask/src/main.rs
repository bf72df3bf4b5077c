//! The project's commands: `cargo xtask run` starts Waymark, `cargo xtask test` checks it.
//!
//! Both install what they need, so a machine only needs Rust and Node.js.

mod command;

mod system;

mod node;

mod page;

mod python;

mod run;

mod files;

mod source;

mod format;

mod house;

mod laws;

mod window;

mod test;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::command::Project;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Start, check and measure Waymark")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Set up, build and start Waymark; without a display, plan in the terminal
    Run {
        /// Arguments for Waymark: `cargo xtask run -- --hours 8`
        #[arg(last = true)]
        arguments: Vec<OsString>,
    },
    /// Start the debug build, with the page served live: an edit of the page shows at once
    Dev,
    /// Set up, then run everything that CI runs; stops at the first failure
    Test {
        /// Run only this step; it relies on earlier steps of an earlier run
        #[arg(long, value_name = "STEP", value_parser = test::step_names())]
        only: Option<String>,
        /// List the steps and run none
        #[arg(long, conflicts_with = "only")]
        list: bool,
    },
    /// Check what no ready-made lint does: import circles, names, words, columns, dependencies
    House,
    /// Format Rust, the page, Markdown and comments
    Format {
        /// Wrap Markdown and comments only in files whose paths begin with this
        start: Option<String>,
        /// Change nothing, and fail if something is not formatted
        #[arg(long, conflicts_with = "start")]
        check: bool,
    },
    /// Run the property tests over many seeds
    Laws {
        /// How many seeds to draw plans from
        #[arg(long, default_value_t = 10)]
        seeds: u64,
        /// The first seed, which the others count on from; otherwise that of the current commit
        #[arg(long)]
        from: Option<u64>,
    },
    /// Run the end-to-end test and copy its screenshots to docs/images
    Screenshots,
    /// Measure the release build: launch to chart, slider to new chart
    Figures,
}

fn main() -> ExitCode {
    let Arguments { task } = Arguments::parse();
    let done = Project::find().and_then(|project| match task {
        Task::Run { arguments } => run::run(&project, &arguments),
        Task::Test { list: true, .. } => {
            test::list();
            Ok(())
        }
        Task::Test { only, .. } => test::run(&project, only.as_deref()),
        Task::Dev => run::dev(&project),
        Task::House => house::run(&project),
        Task::Format { check: true, .. } => format::check(&project),
        Task::Format { start, .. } => format::run(&project, start.as_deref()),
        Task::Laws { seeds, from } => {
            let from = from.unwrap_or_else(|| laws::seed(&project));
            laws::run(&project, from, seeds)
        }
        Task::Screenshots => window::screenshots(&project),
        Task::Figures => window::figures(&project),
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\n{failure}");
            ExitCode::FAILURE
        }
    }
}
