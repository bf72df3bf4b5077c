//! Calendar files in an archive (.zip), as Google exports them: unpacked in memory, within bounds.
//! Nothing is written to disk.

use std::io::Read;
use std::path::Path;

use miniz_oxide::inflate::decompress_to_vec_with_limit;
use rawzip::{CompressionMethod, ZipArchive, ZipArchiveEntryWayfinder, ZipSliceArchive};
use waymark_core::input_error::{ErrorCode, InputError};
use waymark_core::words;

use super::{CalendarFile, OpenedFile};

/// The endings of calendar files.
pub const ENDINGS: [&str; 4] = ["ics", "ical", "ifb", "icalendar"];

/// Bounds of an archive. One beyond them is rejected.
#[derive(Debug, Clone, Copy)]
pub struct ArchiveLimits {
    /// Files, of any kind.
    pub files: usize,
    /// Bytes of one calendar file.
    pub file_bytes: u64,
    /// Bytes of all calendar files.
    pub bytes: u64,
    /// Bytes that one byte may unpack to, in a file of more than [`SMALL`]. Calendars reach 40 to
    /// 1; deflate itself goes to 1,032.
    pub ratio: u64,
}

impl Default for ArchiveLimits {
    fn default() -> Self {
        Self {
            files: 500,
            file_bytes: 20 << 20,
            bytes: 100 << 20,
            ratio: 200,
        }
    }
}

/// Files of up to 1 MB may have any ratio.
const SMALL: u64 = 1 << 20;

/// Whether a file begins like an archive, also one of no files.
pub fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// A calendar file of the archive that is not unpacked yet.
struct PackedFile {
    path: String,
    place: ZipArchiveEntryWayfinder,
    is_deflated: bool,
    bytes: u64,
}

/// Unpacks the calendar files of an archive, and says why others are left out.
///
/// # Errors
/// If the archive is damaged or beyond the limits.
pub fn unpack(name: &str, bytes: &[u8], limits: &ArchiveLimits) -> Result<OpenedFile, InputError> {
    let archive = ZipArchive::from_slice(bytes).map_err(|_| damaged(name))?;
    let mut opened = OpenedFile::default();
    let packed = listed(name, &archive, limits, &mut opened.left_out)?;
    for file in packed {
        match unpacked(&archive, &file) {
            Some(bytes) => opened.calendars.push(CalendarFile {
                name: last_part(&file.path).to_owned(),
                bytes,
            }),
            None => opened.left_out.push(left_out(
                &file.path,
                "it's damaged. Download the archive again",
            )),
        }
    }
    Ok(opened)
}

/// The calendar files that can be unpacked.
fn listed(
    archive_name: &str,
    archive: &ZipSliceArchive<&[u8]>,
    limits: &ArchiveLimits,
    others: &mut Vec<String>,
) -> Result<Vec<PackedFile>, InputError> {
    let (mut count, mut all) = (0, 0u64);
    let mut packed = Vec::new();
    let mut entries = archive.entries();
    let too_large = |fault: &str, expected: &str| {
        let code = ErrorCode::CalendarTooLarge;
        InputError::new(code, "calendar archive", archive_name, expected).because(fault)
    };
    while let Some(entry) = entries.next_entry().map_err(|_| damaged(archive_name))? {
        count += 1;
        if count > limits.files {
            let most = format!("choose one of at most {} files", limits.files);
            return Err(too_large("has too many files", &most));
        }
        if entry.is_dir() {
            continue;
        }
        let path = String::from_utf8_lossy(entry.file_path().as_bytes()).into_owned();
        let method = entry.compression_method();
        let reason = if is_unsafe(&path) {
            Some("its name leads out of the archive")
        } else if entry.flags().is_encrypted() {
            Some("it's encrypted. Unpack the archive with its password, then choose the file")
        } else if has_ending(&path, &["zip"]) {
            Some("it's an archive in the archive. Unpack it first")
        } else if !has_ending(&path, &ENDINGS) {
            Some("it isn't a calendar file (.ics)")
        } else if ![CompressionMethod::STORE, CompressionMethod::DEFLATE].contains(&method) {
            Some("it's compressed by another method than deflate. Unpack the archive first")
        } else {
            None
        };
        if let Some(reason) = reason {
            others.push(left_out(&path, reason));
            continue;
        }
        let (from, to) = (entry.compressed_size_hint(), entry.uncompressed_size_hint());
        let name = words::one_line(&path);
        if to > limits.file_bytes {
            let most = format!("a calendar has at most {} MB", limits.file_bytes >> 20);
            return Err(too_large(
                &format!("has a file that is too large, “{name}”"),
                &most,
            ));
        }
        if to > SMALL && to > from.saturating_mul(limits.ratio) {
            let most = format!(
                "a calendar unpacks to at most {} times its size",
                limits.ratio
            );
            return Err(too_large(
                &format!("has a suspicious file, “{name}”"),
                &most,
            ));
        }
        all = all.saturating_add(to);
        if all > limits.bytes {
            let most = format!("choose one of at most {} MB", limits.bytes >> 20);
            return Err(too_large("is too large when unpacked", &most));
        }
        packed.push(PackedFile {
            place: entry.wayfinder(),
            is_deflated: method == CompressionMethod::DEFLATE,
            bytes: to,
            path,
        });
    }
    Ok(packed)
}

/// The bytes of a file. `None` if they aren't those that the archive announces.
fn unpacked(archive: &ZipSliceArchive<&[u8]>, file: &PackedFile) -> Option<Vec<u8>> {
    let entry = archive.get_entry(file.place).ok()?;
    let most = usize::try_from(file.bytes).ok()?;
    let bytes = if file.is_deflated {
        // No more than announced, which is within the limits.
        decompress_to_vec_with_limit(entry.data(), most).ok()?
    } else {
        entry.data().get(..most)?.to_vec()
    };
    let mut checked = entry.verifying_reader(bytes.as_slice());
    std::io::copy(&mut checked.by_ref(), &mut std::io::sink()).ok()?;
    Some(bytes)
}

/// Whether a path is absolute, on a drive, or goes up.
fn is_unsafe(path: &str) -> bool {
    let mut parts = path.split(['/', '\\']);
    path.starts_with(['/', '\\'])
        || path.contains('\0')
        || path.as_bytes().get(1) == Some(&b':')
        || parts.any(|part| part == "..")
}

fn has_ending(path: &str, endings: &[&str]) -> bool {
    let ending = Path::new(last_part(path)).extension();
    let ending = ending.and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| endings.iter().any(|it| it.eq_ignore_ascii_case(ending)))
}

fn last_part(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

pub(super) fn left_out(path: &str, reason: &str) -> String {
    let end = if reason.ends_with('.') { "" } else { "." };
    format!("“{}” was left out: {reason}{end}", words::one_line(path))
}

fn damaged(name: &str) -> InputError {
    let expected = "download it again, or unpack it and choose its calendar files";
    InputError::new(ErrorCode::NotRead, "calendar archive", name, expected).because("is damaged")
}
