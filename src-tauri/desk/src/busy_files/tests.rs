#![allow(clippy::unwrap_used)]

use std::io::Write;

use rawzip::{CompressionMethod, ZipArchiveWriter};

use super::*;
use crate::desk::Desk;

const LIMITS: ArchiveLimits = ArchiveLimits {
    files: 10,
    file_bytes: 4 << 20,
    bytes: 6 << 20,
    ratio: 200,
};

/// A file of an archive: its path and content.
type Entry<'a> = (&'a str, &'a [u8]);

/// A calendar with an hour in the evening a month from now, so that any new plan takes notice.
fn calendar(uid: &str) -> String {
    let day = (Utc::now() + chrono::TimeDelta::days(30)).format("%Y%m%d");
    format!(
        "BEGIN:VCALENDAR\r\nX-WR-CALNAME:Calendar of {uid}\r\nBEGIN:VEVENT\r\nUID:{uid}\r\n\
         DTSTART:{day}T180000Z\r\nDURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
}

fn archive(entries: &[Entry]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut archive = ZipArchiveWriter::new(&mut bytes);
    for (path, content) in entries {
        let packed = miniz_oxide::deflate::compress_to_vec(content, 6);
        let file = archive.new_file(rawzip::path::EntryPath::verbatim(path.as_bytes()));
        let file = file.compression_method(CompressionMethod::DEFLATE);
        let (mut entry, config) = file.start().unwrap();
        // The size and the checksum are those of the content, the bytes are packed.
        let mut counted = config.wrap(std::io::sink());
        counted.write_all(content).unwrap();
        let (_, descriptor) = counted.finish().unwrap();
        entry.write_all(&packed).unwrap();
        entry.finish(descriptor).unwrap();
    }
    archive.finish().unwrap();
    bytes
}

fn opened(bytes: &[u8]) -> Result<OpenedFile, InputError> {
    open("google.zip", bytes.to_vec(), &LIMITS)
}

fn refused(bytes: &[u8]) -> String {
    opened(bytes).unwrap_err().to_string()
}

#[test]
fn the_calendars_of_an_archive_are_read_and_other_files_are_named() {
    let (work, family) = (calendar("w"), calendar("f"));
    let bytes = archive(&[
        ("work/basic.ics", work.as_bytes()),
        ("family/basic.ICS", family.as_bytes()),
        ("readme.txt", b"hello"),
        ("inner.zip", &archive(&[("work.ics", work.as_bytes())])),
        ("/etc/work.ics", work.as_bytes()),
        ("../work.ics", work.as_bytes()),
        ("a\\..\\..\\work.ics", work.as_bytes()),
        ("C:\\work.ics", work.as_bytes()),
    ]);
    let opened = opened(&bytes).unwrap();
    let names: Vec<&str> = opened
        .calendars
        .iter()
        .map(|file| file.name.as_str())
        .collect();
    assert_eq!(names, ["basic.ics", "basic.ICS"]);
    assert_eq!(opened.calendars[1].bytes, family.as_bytes());
    insta::assert_snapshot!(opened.left_out.join("\n"));
}

/// The bytes of an archive with some of them changed: for each place of a signature, by `change`,
/// which gets the bytes from there on.
fn changed(mut bytes: Vec<u8>, signature: &[u8], change: impl Fn(&mut [u8])) -> Vec<u8> {
    let places: Vec<usize> = (0..bytes.len())
        .filter(|at| bytes[*at..].starts_with(signature))
        .collect();
    for at in places {
        change(&mut bytes[at..]);
    }
    bytes
}

const DIRECTORY: &[u8] = b"PK\x01\x02";

#[test]
fn files_that_cannot_be_unpacked_are_named_and_cost_no_other() {
    let work = calendar("w");
    let two = || archive(&[("a.ics", work.as_bytes()), ("b.ics", work.as_bytes())]);
    // Only the first entry of the directory is changed.
    let first = |change: &dyn Fn(&mut [u8])| {
        let mut bytes = two();
        let at = (0..bytes.len()).find(|at| bytes[*at..].starts_with(DIRECTORY));
        change(&mut bytes[at.unwrap()..]);
        let opened = opened(&bytes).unwrap();
        assert_eq!(opened.calendars.len(), 1);
        assert_eq!(opened.calendars[0].name, "b.ics");
        opened.left_out.join("")
    };
    let said = [
        first(&|entry| entry[8] |= 1),
        first(&|entry| entry[10] = 14),
        // Another checksum, a smaller size, another place.
        first(&|entry| entry[16] ^= 1),
        first(&|entry| entry[24] -= 1),
        first(&|entry| entry[42] += 1),
    ];
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn archives_beyond_the_limits_are_refused_in_a_sentence() {
    let work = calendar("w");
    let many: Vec<Entry> = (0..11).map(|_| ("a.ics", work.as_bytes())).collect();
    // Text that is packed to a tenth, so that only its size is too much.
    let numbers = |most: u32| (0..most).map(|n| n.wrapping_mul(2_654_435_761).to_string() + "\n");
    let large: String = numbers(500_000).collect();
    let half: String = numbers(300_000).collect();
    assert!(large.len() > 4 << 20 && half.len() < 4 << 20);
    let bomb = vec![b' '; 3 << 20];
    let lying = changed(archive(&[("a.ics", &bomb)]), DIRECTORY, |entry| {
        entry[24..28].copy_from_slice(&1000u32.to_le_bytes());
    });
    let said = [
        refused(&archive(&many)),
        refused(&archive(&[("large.ics", large.as_bytes())])),
        refused(&archive(&[
            ("a.ics", half.as_bytes()),
            ("b.ics", half.as_bytes()),
            ("c.ics", half.as_bytes()),
        ])),
        refused(&archive(&[("bomb.ics", &bomb)])),
        refused(&lying),
        refused(&archive(&[])),
        refused(&archive(&[("readme.txt", b"hello")])),
        refused(&archive(&[("a.ics", work.as_bytes())])[..60]),
    ];
    insta::assert_snapshot!(said.join("\n"));
}

#[test]
fn any_damage_to_an_archive_is_survived() {
    let work = calendar("w");
    let whole = archive(&[("a.ics", work.as_bytes()), ("b.txt", b"hello")]);
    for at in 0..whole.len() {
        for value in [0, 0xff] {
            let mut bytes = whole.clone();
            bytes[at] = value;
            if let Ok(opened) = open("google.zip", bytes, &LIMITS) {
                assert!(opened.calendars.len() <= 1);
            }
        }
        let _ = open("google.zip", whole[..at].to_vec(), &LIMITS);
    }
}

fn at_a_desk(test: impl FnOnce(&Desk)) {
    let folder = tempfile::tempdir().unwrap();
    let folder = crate::data_folder::DataFolder::new(folder.path().to_owned());
    test(&Desk::open(&folder, std::time::Instant::now()).unwrap());
}

fn imported(desk: &Desk, name: &str, bytes: &[u8]) -> BusyImport {
    let opened = open(name, bytes.to_vec(), &LIMITS).unwrap();
    let mut result = BusyImport::default();
    desk.keep(|document, now| {
        let (document, read) = import(document, name, opened, now)?;
        result = read;
        Ok(document)
    })
    .unwrap();
    result
}

fn sources(desk: &Desk) -> Vec<String> {
    let plan = desk.plan();
    plan.busy_sources()
        .map(|source| source.name.to_owned())
        .collect()
}

#[test]
fn an_archive_gives_one_calendar_and_one_step_for_each_file() {
    let (work, family) = (calendar("w"), calendar("f"));
    let bytes = archive(&[
        ("work/basic.ics", work.as_bytes()),
        ("family/basic.ics", family.as_bytes()),
        ("broken.ics", b"<html>"),
    ]);
    at_a_desk(|desk| {
        let read = imported(desk, "google.zip", &bytes);
        assert_eq!(sources(desk), ["basic.ics", "basic.ics (Calendar of f)"]);
        assert_eq!(read.questions, []);
        assert_eq!(read.calendars[1].source, "basic.ics (Calendar of f)");
        assert!(read.calendars[1].report[0].starts_with("Busy: "));
        assert_eq!(read.left_out.len(), 1, "{:?}", read.left_out);
        assert_eq!(desk.document().undo.len(), 2);

        // The same archive again adds no calendar.
        imported(desk, "google.zip", &bytes);
        assert_eq!(sources(desk), ["basic.ics", "basic.ics (Calendar of f)"]);
    });
}

#[test]
fn a_newer_download_waits_for_the_learners_answer() {
    let newer = calendar("w").replace("T180000Z", "T190000Z");
    for is_replaced in [false, true] {
        at_a_desk(|desk| {
            imported(desk, "work.ics", calendar("w").as_bytes());
            let read = imported(desk, "work (1).ics", newer.as_bytes());
            assert_eq!((read.calendars.len(), read.questions.len()), (0, 1));
            assert_eq!(sources(desk), ["work.ics"]);

            let BusyQuestion { source, change, .. } = read.questions[0].clone();
            let change = Change::Busy(SetBusy {
                instead: is_replaced.then_some(source),
                ..change
            });
            desk.keep(|document, now| document.changed(&[change], now))
                .unwrap();
            let expected: &[&str] = if is_replaced {
                &["work (1).ics"]
            } else {
                &["work (1).ics", "work.ics"]
            };
            assert_eq!(sources(desk), expected);
            assert_eq!(desk.document().undo.len(), 2);
        });
    }
}

#[test]
fn a_single_file_that_is_no_calendar_is_refused() {
    at_a_desk(|desk| {
        let opened = open("page.ics", b"<html>".to_vec(), &LIMITS).unwrap();
        let refused = desk.keep(|document, now| {
            let (document, _) = import(document, "page.ics", opened, now)?;
            Ok(document)
        });
        assert_eq!(refused.unwrap_err().code, ErrorCode::NotACalendar);
        let bytes = archive(&[("page.ics", b"<html>"), ("readme.txt", b"hello")]);
        let opened = open("page.zip", bytes, &LIMITS).unwrap();
        let refused = desk.keep(|document, now| {
            let (document, _) = import(document, "page.zip", opened, now)?;
            Ok(document)
        });
        insta::assert_snapshot!(refused.unwrap_err().to_string());
    });
}
