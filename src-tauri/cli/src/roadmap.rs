//! `waymark roadmap`: prints a roadmap as readable text, with its reference.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;
use waymark_core::roadmap::{Roadmap, readable};

use crate::json;
use crate::options::read;
use crate::{Failure, print};

pub const EXAMPLES: &str = "\
Examples:
  waymark roadmap
      Prints the MLOps roadmap, with its trends, strategy and outcomes
  waymark roadmap roadmap.json

Exit codes: 0 done, 2 something you entered can't be used";

#[derive(Args)]
pub struct RoadmapArgs {
    /// Roadmap file (default: the MLOps roadmap)
    file: Option<PathBuf>,

    /// Print JSON instead of text
    #[arg(long)]
    json: bool,
}

pub fn run(args: &RoadmapArgs) -> Result<(), Failure> {
    let roadmap = match &args.file {
        Some(path) => Roadmap::from_json(&read(path)?)?,
        None => Roadmap::embedded()?,
    };
    if args.json {
        return print(&json::pretty(&json!(roadmap.file)));
    }
    print(&readable::text(&roadmap))
}
