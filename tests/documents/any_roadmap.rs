//! Properties of any bytes that are read as a roadmap. The tests check them on some, the fuzz
//! target on many more.

use chrono::{DateTime, NaiveDate};
use waymark_core::picture;
use waymark_core::plan::Plan;
use waymark_core::roadmap::Roadmap;
use waymark_core::zone::Zone;

/// No bytes stop the program, a rejection is a sentence, and an accepted roadmap is read again as
/// it was written. Small ones are scheduled and drawn too.
pub fn holds(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let roadmap = match Roadmap::from_json(&text) {
        Ok(roadmap) => roadmap,
        Err(error) => {
            let sentence = error.to_string();
            assert!(
                !sentence.is_empty() && !sentence.contains(char::is_control),
                "{sentence:?}"
            );
            return;
        }
    };
    let written = serde_json::to_string(&roadmap.file).unwrap();
    let again = Roadmap::from_json(&written);
    assert_eq!(again.as_ref().map(|again| &again.file), Ok(&roadmap.file));
    if roadmap.items.len() > 100 {
        return;
    }
    let start = NaiveDate::from_ymd_opt(2027, 1, 4).unwrap();
    let created = DateTime::from_timestamp(1_798_797_600, 0).unwrap();
    let zone = Zone::bundled("Europe/Berlin").unwrap();
    // Its hours may be more than a plan can have.
    if let Ok(plan) = Plan::new("p", roadmap, start, zone, created) {
        assert!(picture::svg(&plan, created).ends_with("</svg>\n"));
    }
}
