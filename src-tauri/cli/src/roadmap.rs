//! `waymark roadmap`: prints a roadmap as readable text, writes it as text to edit, and merges an
//! edited text into a plan.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;
use waymark_core::plan::change::{MergeText, MergedLine, RoadmapMerge};
use waymark_core::plan::{Change, Plan, text};
use waymark_core::roadmap::{Roadmap, readable};
use waymark_core::words;

use crate::options::read;
use crate::output::{Kind, Outputs, Target, is_stdout};
use crate::plan_file::PlanFileOptions;
use crate::{Failure, json, outline, output, print};

pub const EXAMPLES: &str = "\
Examples:
  waymark roadmap
      Prints the MLOps roadmap, with its trends, strategy and outcomes
  waymark roadmap roadmap.json
  waymark roadmap --own --text roadmap.md
      Writes the roadmap of the desktop app's plan as text, to be edited or shared
  waymark roadmap --merge roadmap.md
      Shows what the edited text changes in that plan; add --save to save it

Exit codes: 0 done, 1 a file couldn't be written, 2 something you entered can't be used";

#[derive(Args)]
pub struct RoadmapArgs {
    /// Roadmap file (default: the MLOps roadmap)
    file: Option<PathBuf>,

    /// The roadmap of the desktop app's plan
    #[arg(long, conflicts_with_all = ["file", "plan"])]
    own: bool,

    /// The roadmap of a plan file (JSON)
    #[arg(long, value_name = "FILE", conflicts_with = "file")]
    plan: Option<PathBuf>,

    /// Use the plan even if its file was edited outside Waymark
    #[arg(long)]
    accept_edits: bool,

    /// Write the roadmap as text to edit, each part with its id; `-` prints it
    #[arg(long, value_name = "TEXT.md")]
    text: Option<PathBuf>,

    /// Overwrite a file that isn't such a text
    #[arg(long, requires = "text")]
    force: bool,

    /// Show what an edited text changes in the plan, `-` for standard input
    #[arg(long, value_name = "TEXT.md", conflicts_with_all = ["file", "text"])]
    merge: Option<PathBuf>,

    /// Save the plan with the merged text
    #[arg(long, requires = "merge")]
    save: bool,

    /// Print JSON instead of text
    #[arg(long, conflicts_with = "text")]
    json: bool,
}

pub fn run(args: &RoadmapArgs) -> Result<(), Failure> {
    let file = PlanFileOptions::of(args.plan.clone(), args.accept_edits);
    if let Some(path) = &args.merge {
        return merge(args, &file, path);
    }
    let roadmap = match &args.file {
        Some(path) => Roadmap::from_json(&read(path)?)?,
        None if args.own || args.plan.is_some() => file.open()?.plan().roadmap().clone(),
        None => Roadmap::embedded()?,
    };
    if let Some(path) = &args.text {
        let target = Target {
            path,
            kind: Kind::RoadmapText,
        };
        let text = text::write(&roadmap);
        if is_stdout(path) {
            return output::print(&text);
        }
        return Outputs::checked(&[target], args.force)?.write(&target, &text);
    }
    if args.json {
        return print(&json::pretty(&json!(roadmap.file)));
    }
    print(&readable::text(&roadmap))
}

fn merge(args: &RoadmapArgs, file: &PlanFileOptions, path: &Path) -> Result<(), Failure> {
    let text = waymark_core::outline::text_of(&outline::bytes(path)?)?;
    let merged = |plan: &Plan| {
        RoadmapMerge::of(plan, &text).map_err(|problems| {
            let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
            Failure::Input(problems.join("\n"))
        })
    };
    if !args.save {
        let merge = merged(file.open()?.plan())?;
        let advice = if merge.lines.is_empty() {
            ""
        } else {
            "\nNothing is saved yet. Add --save to save it.\n"
        };
        return show(args, &merge, advice);
    }
    let mut shown = None;
    file.change(|opened| {
        shown = Some(merged(opened.plan())?);
        Ok(vec![Change::MergeText(MergeText { text: text.clone() })])
    })?;
    shown.map_or(Ok(()), |merge| show(args, &merge, "\nSaved.\n"))
}

fn show(args: &RoadmapArgs, merge: &RoadmapMerge, end: &str) -> Result<(), Failure> {
    if args.json {
        let told = json!({"summary": merge.in_short(), "saved": args.save, "lines": merge.lines});
        return print(&json::pretty(&told));
    }
    let line = |line: &MergedLine| {
        let number = line
            .line
            .map_or_else(String::new, |line| format!("line {line}"));
        format!("   {number:<9} {:<8} {}\n", line.kind.name(), line.words)
    };
    let lines: String = merge.lines.iter().map(line).collect();
    print(&format!(
        "{}\n{lines}{end}",
        words::sentence(&merge.in_short())
    ))
}
