//! The ring of earlier plans: a folder beside the plan, with a file for each.
//!
//! The plan itself is saved first, so these files need not be on the disk when a save returns: one
//! that a power cut left half written has a wrong checksum and is skipped.

use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDateTime, Utc};
use waymark_core::document::EarlierPlan;
use waymark_core::input_error::{ErrorCode, InputError};
use waymark_core::retention::{Kept, thinned};

use crate::storage::{self, TIME_IN_NAMES, unread};
use crate::zone;

/// The name of the folder.
const FOLDER: &str = "history";
/// The most that the files take together.
const MOST_BYTES: u64 = 5_000_000;

/// The earlier plans of one plan.
#[derive(Debug, Clone)]
pub struct Ring {
    folder: PathBuf,
}

/// An earlier plan and its file.
#[derive(Debug)]
pub struct RingFile {
    /// The file's name, from the plan's folder on.
    pub name: String,
    #[allow(missing_docs)]
    pub plan: EarlierPlan,
}

impl Ring {
    /// The earlier plans of the plan in this folder.
    pub fn of(plan_folder: &Path) -> Self {
        Self {
            folder: plan_folder.join(FOLDER),
        }
    }

    /// The earlier plans by the names of their files, the latest first. Reads none of them.
    ///
    /// # Errors
    /// If the folder can't be read.
    pub fn kept(&self) -> io::Result<Vec<Kept>> {
        let entries = match fs::read_dir(&self.folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut kept: Vec<Kept> = entries
            .filter_map(Result::ok)
            .filter_map(|entry| {
                let bytes = entry.metadata().ok()?.len();
                named(&entry.file_name().to_string_lossy(), bytes)
            })
            .collect();
        kept.sort_by_key(|kept| std::cmp::Reverse((kept.generation, kept.until)));
        Ok(kept)
    }

    /// Every earlier plan that can be read, the latest first.
    ///
    /// # Errors
    /// If the folder can't be read.
    pub fn plans(&self) -> Result<Vec<EarlierPlan>, InputError> {
        Ok(self.files()?.into_iter().map(|file| file.plan).collect())
    }

    /// The same with the names of their files.
    ///
    /// # Errors
    /// As [`Ring::plans`].
    pub fn files(&self) -> Result<Vec<RingFile>, InputError> {
        let kept = self.kept().map_err(|error| unread(&self.folder, &error))?;
        let file = |kept: &Kept| {
            Some(RingFile {
                name: format!("{FOLDER}/{}", file_name(kept)),
                plan: self.read(kept).ok()?,
            })
        };
        Ok(kept.iter().filter_map(file).collect())
    }

    /// The latest earlier plan that can be read.
    pub fn latest(&self) -> Option<EarlierPlan> {
        let kept = self.kept().ok()?;
        kept.iter().find_map(|kept| self.read(kept).ok())
    }

    /// The plan of this generation.
    ///
    /// # Errors
    /// If there is none, or it can't be read.
    pub fn plan(&self, generation: u64) -> Result<EarlierPlan, InputError> {
        let kept = self.kept().map_err(|error| unread(&self.folder, &error))?;
        let found = kept.iter().find(|kept| kept.generation == generation);
        let found = found.ok_or_else(|| {
            let expected = "enter a number that `waymark history` lists";
            InputError::new(
                ErrorCode::NoPlan,
                "earlier plan",
                generation.to_string(),
                expected,
            )
            .because("isn't there")
        })?;
        self.read(found)
    }

    /// Adds a plan, and removes those that are due to go at its time.
    ///
    /// # Errors
    /// If a file can't be written or removed.
    pub fn add(&self, plan: &EarlierPlan) -> io::Result<()> {
        let text = plan.to_json().map_err(io::Error::other)?;
        storage::private_folder(&self.folder)?;
        let kept = Kept {
            generation: plan.generation,
            until: plan.until,
            bytes: 0,
        };
        let mut options = OpenOptions::new();
        options.create(true).truncate(true).write(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        options.open(self.path(&kept))?.write_all(text.as_bytes())?;
        let kept = self.kept()?;
        let goes = thinned(&kept, plan.until, MOST_BYTES);
        for kept in kept.iter().filter(|kept| goes.contains(&kept.generation)) {
            fs::remove_file(self.path(kept))?;
        }
        Ok(())
    }

    fn read(&self, kept: &Kept) -> Result<EarlierPlan, InputError> {
        let path = self.path(kept);
        let text = storage::read(&path).map_err(|error| unread(&path, &error))?;
        EarlierPlan::from_json_in(&text, zone::database())
    }

    fn path(&self, kept: &Kept) -> PathBuf {
        self.folder.join(file_name(kept))
    }
}

fn file_name(kept: &Kept) -> String {
    let time = kept.until.format(TIME_IN_NAMES);
    format!("{:08}-{time}.json", kept.generation)
}

/// The earlier plan that a file's name stands for; `None` for another file.
fn named(name: &str, bytes: u64) -> Option<Kept> {
    let (generation, time) = name.strip_suffix(".json")?.split_once('-')?;
    let until: NaiveDateTime = NaiveDateTime::parse_from_str(time, TIME_IN_NAMES).ok()?;
    Some(Kept {
        generation: generation.parse().ok()?,
        until: DateTime::from_naive_utc_and_offset(until, Utc),
        bytes,
    })
}

#[cfg(test)]
mod tests;
