//! A small plan with each of its bytes damaged, and cut at each length.

use std::fs;

use chrono::Utc;
use waymark_core::document::Document;
use waymark_core::plan::PlanFile;
use waymark_core::zone::ZoneDatabase;
use waymark_desk::storage::{PLAN, Sealed, Storage};

const COURSE: &str = include_str!("../catching-up/plans/course.json");

/// The document of a plan with few items.
fn small() -> Document {
    let mut file: serde_json::Value = serde_json::from_str(COURSE).unwrap();
    file["log"] = serde_json::Value::Array(Vec::new());
    let file = PlanFile::from_json(&file.to_string()).unwrap();
    Document::from_plan_file(file, ZoneDatabase::bundled()).unwrap()
}

/// The document that damaged text is taken for; `None` if the damage is noticed.
fn taken(text: &[u8]) -> Option<Document> {
    Document::read(&String::from_utf8_lossy(text)).ok()
}

#[test]
fn every_flipped_byte_is_noticed() {
    let document = small();
    let text = document.text().unwrap().into_bytes();
    for at in 0..text.len() {
        for mask in [1, 0x20, 0xff] {
            let mut damaged = text.clone();
            damaged[at] ^= mask;
            // Damage that changes nothing, such as the case of a checksum's digit, may pass.
            if let Some(found) = taken(&damaged) {
                assert_eq!(found, document, "byte {at} with {mask:#x}");
            }
        }
    }
    println!("{} flips of {} bytes", 3 * text.len(), text.len());
}

#[test]
fn every_cut_is_noticed() {
    let text = small().text().unwrap().into_bytes();
    for length in 0..text.len() {
        assert_eq!(taken(&text[..length]), None, "cut at {length}");
    }
    println!("{} cuts", text.len());
}

/// Through the files themselves: the earlier copy stands in, and the damaged one is kept.
#[test]
fn a_damaged_file_is_replaced_by_its_earlier_copy() {
    let folder = tempfile::tempdir().unwrap();
    let document = small();
    let text = document.text().unwrap().into_bytes();
    for at in (0..text.len()).step_by(97) {
        let storage = Storage::new(folder.path().join(at.to_string()));
        storage.save_named(PLAN, &document).unwrap();
        let newer = Document {
            generation: 2,
            ..document.clone()
        };
        storage.save_named(PLAN, &newer).unwrap();
        let path = storage.document_path(PLAN);
        let mut damaged = fs::read(&path).unwrap();
        let at = at % damaged.len();
        damaged[at] ^= 0xff;
        fs::write(&path, &damaged).unwrap();
        let found = storage.find_named::<Document>(PLAN, Utc::now()).unwrap();
        assert_eq!(found.document.as_ref(), Some(&document), "byte {at}");
        assert_eq!(found.notices.len(), 1, "byte {at}");
        let mut kept = fs::read_dir(storage.folder()).unwrap();
        let is_kept = kept.any(|entry| fs::read(entry.unwrap().path()).unwrap() == damaged);
        assert!(is_kept, "byte {at}");
    }
}
