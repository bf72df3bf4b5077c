//! The files that a command writes. `-` stands for standard output, and no file of another kind is
//! overwritten.

use std::collections::BTreeSet;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use serde_json::Value;
use waymark_core::share::PAGE_START;
use waymark_desk::storage;

use crate::Failure;

/// A kind of file that commands write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Calendar,
    Picture,
    Page,
    Data,
    Dates,
    TaskJuggler,
    Roadmap,
    RoadmapText,
}

impl Kind {
    /// The kind in words, with "the".
    fn the(self) -> &'static str {
        match self {
            Self::Calendar => "the calendar",
            Self::Picture => "the picture",
            Self::Page => "the page",
            Self::Data => "the data",
            Self::Dates => "the dates",
            Self::TaskJuggler => "the TaskJuggler project",
            Self::Roadmap => "the roadmap",
            Self::RoadmapText => "the roadmap's text",
        }
    }
}

/// The content of a file that is there already.
#[derive(Debug, PartialEq, Eq)]
enum Found {
    Nothing,
    Of(Kind),
    Plan,
    Ledger,
    Other,
}

/// A file to write.
#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    pub path: &'a Path,
    pub kind: Kind,
}

/// Files that may be written.
pub struct Outputs {
    /// Whether one of them is standard output, so that nothing else may be printed there.
    prints: bool,
}

impl Outputs {
    /// Checks that each file is written once, and that a former one is of the same kind, unless
    /// `force`.
    pub fn checked(targets: &[Target], force: bool) -> Result<Self, Failure> {
        let mut paths = BTreeSet::new();
        for Target { path, kind } in targets {
            if !paths.insert(path) {
                let path = path.display();
                return Err(Failure::Input(format!(
                    "{path} is named twice; name another file for {}",
                    kind.the()
                )));
            }
            if !force && !is_stdout(path) {
                check(path, *kind)?;
            }
        }
        let prints = targets.iter().any(|target| is_stdout(target.path));
        Ok(Self { prints })
    }

    /// Tells the reader something, on standard error if standard output is one of the files.
    pub fn tell(&self, text: &str) -> Result<(), Failure> {
        if self.prints {
            crate::warn(text);
            return Ok(());
        }
        crate::print(text)
    }

    /// Prints what a command shows when it writes no file to standard output.
    pub fn show(&self, text: &str) -> Result<(), Failure> {
        if self.prints {
            return Ok(());
        }
        crate::print(text)
    }

    /// Writes a file, and tells that it did.
    pub fn write(&self, target: &Target, text: &str) -> Result<(), Failure> {
        let Target { path, kind } = target;
        self.put(&[((*path).to_owned(), text)])?;
        if is_stdout(path) {
            return Ok(());
        }
        self.tell(&format!("Wrote {} to {}\n", kind.the(), path.display()))
    }

    /// Writes several files; if the disk is full, none.
    pub fn put(&self, files: &[(PathBuf, &str)]) -> Result<(), Failure> {
        let (printed, written): (Vec<_>, Vec<_>) =
            files.iter().partition(|(path, _)| is_stdout(path));
        let bytes: Vec<(PathBuf, &[u8])> = written
            .iter()
            .map(|(path, text)| (path.clone(), text.as_bytes()))
            .collect();
        storage::write_all(&bytes).map_err(|error| match &written[..] {
            [(path, _)] => crate::unwritten(path, &error),
            _ => Failure::Output(format!(
                "Couldn't write the files: {}.",
                storage::write_fault(&error)
            )),
        })?;
        printed.into_iter().try_for_each(|(_, text)| print(text))
    }
}

/// Whether a path stands for standard output.
pub fn is_stdout(path: &Path) -> bool {
    path == Path::new("-")
}

/// Prints a file as it is, with the line ends and tabs that its format prescribes. Its writers
/// leave no other control characters in it; if one is left all the same, it must not reach a
/// terminal.
pub fn print(text: &str) -> Result<(), Failure> {
    let lines = text.split('\n').map(|line| {
        let (line, end) = line
            .strip_suffix('\r')
            .map_or((line, ""), |line| (line, "\r"));
        let parts: Vec<String> = line.split('\t').map(crate::without_controls).collect();
        parts.join("\t") + end
    });
    let text = lines.collect::<Vec<_>>().join("\n");
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(Failure::Output(format!("couldn't print: {error}")))
        }
        _ => Ok(()),
    }
}

fn check(path: &Path, kind: Kind) -> Result<(), Failure> {
    let found = match storage::read(path) {
        Ok(text) => found(&text),
        Err(error) if error.kind() == ErrorKind::NotFound => Found::Nothing,
        Err(error) if error.kind() == ErrorKind::FileTooLarge => Found::Other,
        Err(error) => return Err(crate::unwritten(path, &error)),
    };
    let what = match found {
        Found::Nothing => return Ok(()),
        Found::Of(found) if found == kind => return Ok(()),
        Found::Of(Kind::Roadmap) => "is a roadmap".to_owned(),
        Found::Of(Kind::RoadmapText) => "is a roadmap's text".to_owned(),
        Found::Of(found) => format!("holds {} of a plan", found.the()),
        Found::Plan => "is a plan".to_owned(),
        Found::Ledger => "is a calendar ledger".to_owned(),
        Found::Other => "wasn't written by Waymark".to_owned(),
    };
    Err(Failure::Input(format!(
        "{} {what}. To overwrite it with {}, add --force",
        path.display(),
        kind.the()
    )))
}

fn found(text: &str) -> Found {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.is_empty() {
        return Found::Nothing;
    }
    let head: String = text.lines().take(12).collect::<Vec<_>>().join("\n");
    if text.starts_with('{') {
        return found_json(text);
    }
    if text.starts_with("BEGIN:VCALENDAR") && head.contains("PRODID:-//Waymark//") {
        Found::Of(Kind::Calendar)
    } else if text.starts_with("<svg") && head.contains("font-family=\"system-ui") {
        Found::Of(Kind::Picture)
    } else if text.starts_with(PAGE_START.trim_end()) {
        Found::Of(Kind::Page)
    } else if text.starts_with("phase,item,title,start,end") {
        Found::Of(Kind::Dates)
    } else if text.starts_with("# Made by Waymark.") {
        Found::Of(Kind::TaskJuggler)
    } else if text.starts_with("# ") && text.lines().any(is_marked_phase) {
        Found::Of(Kind::RoadmapText)
    } else {
        Found::Other
    }
}

/// Whether a line is a phase of a roadmap's text, with its id.
fn is_marked_phase(line: &str) -> bool {
    let id = line
        .strip_prefix("## ")
        .and_then(|line| line.rsplit_once(" ^"));
    id.is_some_and(|(_, id)| !id.is_empty() && !id.contains(' '))
}

fn found_json(text: &str) -> Found {
    let file: Value = serde_json::from_str(text).unwrap_or_default();
    let has = |fields: &[&str]| fields.iter().all(|field| file.get(field).is_some());
    let format = file.pointer("/document/format").and_then(Value::as_str);
    match format {
        Some("waymark-plan") => Found::Plan,
        Some("waymark-ledger" | "waymark-collection") => Found::Ledger,
        _ if has(&["plan", "summary", "sessions"]) => Found::Of(Kind::Data),
        _ if has(&["id", "start", "zone"]) => Found::Plan,
        _ if has(&["id", "title", "phases"]) => Found::Of(Kind::Roadmap),
        _ => Found::Other,
    }
}
