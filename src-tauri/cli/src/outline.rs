//! `waymark outline`: reads any outline, and shows what each line became.

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::{Value, json};
use waymark_core::outline::{self, LARGEST_BYTES, Meaning, Outline};
use waymark_core::words;

use crate::json;
use crate::output::{Kind, Outputs, Target};
use crate::{Failure, options};

pub const EXAMPLES: &str = "\
Examples:
  waymark outline notes.md
      Shows the roadmap in an outline, the meaning of each line, and the open questions
  waymark outline course.csv --save roadmap.json
      Also saves it as a roadmap
  waymark plan --roadmap roadmap.json
      Plans the saved roadmap
  waymark outline - < page.html
      Reads standard input

Reads text, Markdown, CSV, TSV, OPML, HTML and JSON.

Exit codes: 0 done, 1 a file couldn't be written, 2 something you entered can't be used";

#[derive(Args)]
pub struct OutlineArgs {
    /// File with the outline, or - for standard input
    file: PathBuf,

    /// Print JSON instead of text
    #[arg(long)]
    json: bool,

    /// Save the outline as a roadmap
    #[arg(long, value_name = "ROADMAP.json")]
    save: Option<PathBuf>,

    /// Overwrite a file that isn't a roadmap
    #[arg(long, requires = "save")]
    force: bool,
}

pub fn run(args: &OutlineArgs) -> Result<(), Failure> {
    let target = args.save.as_deref().map(|path| Target {
        path,
        kind: Kind::Roadmap,
    });
    let outputs = Outputs::checked(target.as_slice(), args.force)?;
    let outline = outline::read(&bytes(&args.file)?)?;
    let text = if args.json {
        json::pretty(&as_data(&outline)?)
    } else {
        as_text(&outline)
    };
    outputs.show(&text)?;
    let Some(target) = target else { return Ok(()) };
    let file = json::pretty(&json!(outline.roadmap()?.file));
    if args.json {
        // Standard output holds JSON and nothing else.
        return outputs.put(&[(target.path.to_owned(), &file)]);
    }
    outputs.write(&target, &file)
}

/// The bytes of a file, one more than an outline may have at most.
pub fn bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let unread = |error: std::io::Error| options::unread(path, &error);
    let most = u64::try_from(LARGEST_BYTES)
        .unwrap_or(u64::MAX)
        .saturating_add(1);
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        std::io::stdin().lock().take(most).read_to_end(&mut bytes)
    } else {
        let file = std::fs::File::open(path).map_err(unread)?;
        file.take(most).read_to_end(&mut bytes)
    };
    read.map_err(unread)?;
    Ok(bytes)
}

fn as_text(outline: &Outline) -> String {
    let mut out = format!("{}\n{}\n", outline.title, outline.in_short());
    for (number, phase) in outline.phases.iter().enumerate() {
        let weeks = match phase.weeks {
            Some(weeks) => format!(" · {}", words::count(weeks as usize, "week")),
            None => String::new(),
        };
        let beside = if phase.parallel {
            " · side by side with another"
        } else {
            ""
        };
        out += &format!("\n{}. {}{weeks}{beside}\n", number + 1, phase.title);
        let mut group = "";
        for item in &phase.items {
            if item.group != group {
                group = &item.group;
                out += &format!("   {group}\n");
            }
            let mark = if item.ticked { "✓" } else { "-" };
            let optional = if item.optional { " (optional)" } else { "" };
            let minutes = item
                .minutes
                .map_or(String::new(), |minutes| format!(" · {minutes} min"));
            out += &format!("   {mark} {}{optional}{minutes}\n", item.title);
        }
        for outcome in &phase.outcomes {
            out += &format!("   Outcome: {outcome}\n");
        }
    }
    if !outline.reference.is_empty() {
        out += "\nReference\n";
        for entry in &outline.reference {
            out += &format!("   - {}\n", entry.title);
        }
    }
    let left_out = || {
        outline
            .lines
            .iter()
            .filter(|line| line.meaning == Meaning::LeftOut)
    };
    if left_out().next().is_some() {
        out += "\nLeft out\n";
        for line in left_out() {
            out += &format!("   line {}: {}\n", line.number, line.text.trim());
        }
    }
    if !outline.questions.is_empty() {
        out += "\nQuestions\n";
        for question in &outline.questions {
            let line = question
                .line
                .map_or(String::new(), |line| format!("line {line}: "));
            out += &format!(
                "   {line}{} Until you decide: {}.\n",
                question.question, question.guess
            );
        }
    }
    if !outline.findings.is_empty() {
        out += "\nCouldn't be used\n";
        for finding in &outline.findings {
            out += &format!("   line {}: {}.\n", finding.line, finding.sentence);
        }
    }
    out
}

fn as_data(outline: &Outline) -> Result<Value, Failure> {
    let items = outline.phases.iter().flat_map(|phase| &phase.items);
    let ticked: Vec<&str> = items
        .filter(|item| item.ticked)
        .map(|item| item.title.as_str())
        .collect();
    Ok(json!({
        "summary": outline.in_short(),
        "format": outline.format,
        "phases": outline.phases.len(),
        "items": outline.item_count(),
        "weeks": outline.weeks,
        "leftOut": outline.count(Meaning::LeftOut),
        "lines": outline.lines,
        "questions": outline.questions,
        "findings": outline.findings,
        "ticked": ticked,
        "roadmap": outline.roadmap()?.file,
    }))
}
