//! This computer's time zone, and the rules of all zones.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use waymark_core::zone::{Zone, ZoneDatabase};

/// The folders where Unix systems keep the compiled IANA database.
const FOLDERS: [&str; 3] = [
    "/usr/share/zoneinfo",
    "/usr/share/lib/zoneinfo",
    "/etc/zoneinfo",
];

/// The zone of this program: that of the variable `TZ` if it names one, or else the computer's; UTC
/// if neither is known.
pub fn of_this_computer() -> Zone {
    let set = std::env::var("TZ").ok();
    let of_system = || database().zone(&iana_time_zone::get_timezone().ok()?);
    set.and_then(|text| of_variable(&text))
        .or_else(of_system)
        .unwrap_or_else(|| database().utc())
}

/// The zone that a value of `TZ` names, such as `Asia/Kolkata`, `:Asia/Kolkata` or the path of a
/// zone file. `None` for a rule such as `CET-1CEST`, which names no place.
fn of_variable(text: &str) -> Option<Zone> {
    let name = text.strip_prefix(':').unwrap_or(text);
    let name = name.rsplit_once("zoneinfo/").map_or(name, |(_, name)| name);
    match name {
        "" => Some(database().utc()),
        name => database().zone(name),
    }
}

/// The newest zone rules at hand: the system's if they are of a later release than the bundled
/// ones. They stay the same while the program runs.
pub fn database() -> &'static ZoneDatabase {
    static CHOSEN: OnceLock<&'static ZoneDatabase> = OnceLock::new();
    CHOSEN.get_or_init(|| {
        let bundled = ZoneDatabase::bundled();
        let mut folders = FOLDERS.iter().map(Path::new);
        let newer = folders.find_map(|folder| newer_in(folder, bundled.release()));
        newer.unwrap_or(bundled)
    })
}

/// The database in a folder. `None` if its release is unknown or isn't later than `release`.
fn newer_in(folder: &Path, release: &str) -> Option<&'static ZoneDatabase> {
    let found = release_in(folder).filter(|found| found.as_str() > release)?;
    let mut files = Vec::new();
    add_files(folder, "", &mut files);
    Some(ZoneDatabase::from_files(found, files))
}

/// The release of the database in a folder: Linux has it in the first line of the source, macOS in
/// a file of its own.
fn release_in(folder: &Path) -> Option<String> {
    let read = |name| fs::read_to_string(folder.join(name)).ok();
    let source = read("tzdata.zi").unwrap_or_default();
    let first = source.lines().next().unwrap_or_default();
    let release = match first.strip_prefix("# version ") {
        Some(release) => release.to_owned(),
        None => read("+VERSION")?,
    };
    // Such as 2026f: then later releases are later in the alphabet.
    let (year, letter) = release.trim().split_at_checked(4)?;
    let is_year = year.bytes().all(|byte| byte.is_ascii_digit());
    let is_letter = letter.len() == 1 && letter.bytes().all(|byte| byte.is_ascii_lowercase());
    (is_year && is_letter).then(|| release.trim().to_owned())
}

/// Reads the compiled zones of a folder and those inside it. Files that can't be read are left out.
fn add_files(folder: &Path, prefix: &str, files: &mut Vec<(String, Vec<u8>)>) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries {
        let file_name = entry.file_name();
        let Some(name) = file_name.to_str() else {
            continue;
        };
        let path: PathBuf = entry.path();
        // The same zones with leap seconds, which civil time doesn't count, and a copy.
        if prefix.is_empty() && ["right", "posix"].contains(&name) {
            continue;
        }
        let name = format!("{prefix}{name}");
        if path.is_dir() {
            // No zone has more than three parts.
            if name.matches('/').count() < 2 {
                add_files(&path, &format!("{name}/"), files);
            }
        } else if let Ok(bytes) = fs::read(&path)
            && bytes.starts_with(b"TZif")
        {
            files.push((name, bytes));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A compiled zone (TZif, version 1) of one offset: no times, one type, four letters.
    fn nine_hours_ahead() -> Vec<u8> {
        let counts = [0, 0, 0, 0, 1, 4_u32];
        let header = b"TZif\0".iter().copied().chain([0; 15]);
        let header = header.chain(counts.iter().flat_map(|count| count.to_be_bytes()));
        let offset = (9 * 3600_i32).to_be_bytes();
        header
            .chain(offset)
            .chain([0, 0])
            .chain(*b"JST\0")
            .collect()
    }

    /// A folder in which Berlin follows Tokyo's rules.
    fn folder(release: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let tokyo = nine_hours_ahead();
        for path in ["Europe", "right/Europe"] {
            fs::create_dir_all(folder.path().join(path)).unwrap();
        }
        fs::write(folder.path().join("Europe/Berlin"), &tokyo).unwrap();
        fs::write(folder.path().join("right/Europe/Paris"), &tokyo).unwrap();
        fs::write(folder.path().join("zone.tab"), "no zone").unwrap();
        let source = format!("# version {release}\nR d\n");
        fs::write(folder.path().join("tzdata.zi"), source).unwrap();
        folder
    }

    #[test]
    fn the_systems_rules_are_used_only_if_they_are_newer() {
        let newer = folder("2031a");
        let database = newer_in(newer.path(), "2026f").unwrap();
        assert_eq!(database.release(), "2031a");
        let offset = |name| database.zone(name).unwrap().offset_at(0);
        assert_eq!(offset("Europe/Berlin"), 9 * 3600);
        assert_eq!(offset("Europe/Paris"), 3600);
        assert!(database.zone("zone.tab").is_none());
        assert!(database.zone("right/Europe/Paris").is_none());
        for other in ["2026f", "2025b", "unknown", "2026f-dirty", ""] {
            assert!(newer_in(folder(other).path(), "2026f").is_none(), "{other}");
        }
        assert!(newer_in(Path::new("/nowhere"), "2026f").is_none());
    }

    /// Every plan is read with these rules, whether the system's own are older or newer.
    #[test]
    fn the_chosen_rules_know_every_bundled_zone() {
        let bundled = ZoneDatabase::bundled();
        assert!(database().release() >= bundled.release());
        for name in bundled.names() {
            assert!(database().zone(name).is_some(), "{name}");
        }
    }

    #[test]
    fn the_variable_names_a_zone_in_three_forms() {
        let named = |text: &str| of_variable(text).map(|zone| zone.name().to_owned());
        let berlin = Some("Europe/Berlin".to_owned());
        assert_eq!(named("Europe/Berlin"), berlin);
        assert_eq!(named(":Europe/Berlin"), berlin);
        assert_eq!(named("/usr/share/zoneinfo/Europe/Berlin"), berlin);
        assert_eq!(named(""), Some(database().utc().name().to_owned()));
        assert_eq!((named("CET-1CEST"), named("Mars/Olympus")), (None, None));
    }
}
