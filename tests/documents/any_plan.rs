//! Properties of any bytes that are read as a plan: as a sealed document, as one that was edited by
//! hand, and as a plan file that a person wrote. The tests check them on some, the fuzz target on
//! many more.

use serde_json::Value;
use waymark_core::document::Document;
use waymark_core::envelope::Envelope;
use waymark_core::input_error::{ErrorCode, InputError};
use waymark_core::plan::PlanFile;
use waymark_core::zone::ZoneDatabase;

/// No bytes stop the program, a rejection is a sentence, and an accepted plan is read again as it
/// was written. Its undo steps fit, or are rejected.
pub fn holds(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let zones = ZoneDatabase::bundled();
    for read in [
        Document::from_json(&text),
        Document::from_edited_json_in(&text, zones),
        PlanFile::from_json(&text).and_then(|file| Document::from_plan_file(file, zones)),
    ] {
        is_sound(read);
    }
    // With a checksum that fits, so that damage gets as far as the document.
    if let Some(sealed) = sealed(&text) {
        is_sound(Document::from_json(&sealed));
    }
}

fn is_sound(read: Result<Document, InputError>) {
    let document = match read {
        Ok(document) => document,
        Err(error) => {
            let sentence = error.to_string();
            assert!(
                !sentence.is_empty() && !sentence.contains(char::is_control),
                "{sentence:?}"
            );
            return;
        }
    };
    let written = document.to_json().unwrap();
    let again = Document::from_json(&written).unwrap();
    assert_eq!(again.plan, document.plan);
    assert_eq!(
        (again.generation, &again.timer, &again.seen),
        (document.generation, &document.timer, &document.seen)
    );
    assert_eq!((&again.undo, &again.redo), (&document.undo, &document.redo));
    // A step of a document that was tampered with may not fit.
    if let Ok(Some(undone)) = document.undone() {
        assert_eq!(undone.undo.len() + 1, document.undo.len());
        assert!(undone.redone().is_ok());
    }
}

/// The text with a checksum that fits its document; `None` if it has none.
fn sealed(text: &str) -> Option<String> {
    let file: Value = serde_json::from_str(text).ok()?;
    let envelope = Envelope {
        what: "plan",
        format: "waymark-plan",
        version: 0,
        damaged: ErrorCode::PlanDamaged,
        newer: ErrorCode::PlanNewer,
    };
    envelope.close(file.get("document")?).ok()
}
