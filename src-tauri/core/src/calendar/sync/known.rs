//! How much of a server's calendar is known, so that the next sync asks for the changes only.

use std::collections::{BTreeMap, HashSet};

use super::collection::{Collection, Place};
use super::states::{Delta, KnownState};

impl Collection {
    /// The state up to which the calendar is known, if the server has a name for it.
    pub fn known(&self) -> Option<&KnownState> {
        self.known.as_ref()
    }

    /// Records that everything up to this state is in the collection.
    pub fn knows_until(&mut self, known: Option<KnownState>) {
        self.known = known;
    }

    /// Whether the server is known to have any of the plan's events.
    pub fn has_places(&self) -> bool {
        !self.places.is_empty()
    }

    /// The resources of the plan's events, and those that changed. `None` if an event of the plan
    /// is gone: it may be in another resource, which only the list of all of them shows.
    pub fn after(&self, delta: &Delta) -> Option<Vec<Place>> {
        let mut there: BTreeMap<&str, &str> = self
            .places
            .values()
            .map(|place| (place.href.as_str(), place.etag.as_str()))
            .collect();
        for (href, etag) in &delta.etags {
            match etag {
                Some(etag) => {
                    there.insert(href, etag);
                }
                None if there.contains_key(href.as_str()) => return None,
                None => {}
            }
        }
        let places = there.into_iter().map(|(href, etag)| Place {
            href: href.to_owned(),
            etag: etag.to_owned(),
        });
        Some(places.collect())
    }

    /// Whether nothing in this list is news.
    pub fn is_up_to_date(&self, listed: &[Place]) -> bool {
        self.differences(listed).is_empty() && self.to_fetch(listed, false).is_empty()
    }

    /// Whether the changes that the server names are all that this list of the calendar shows of
    /// the plan's events. (The list is the older of the two.)
    pub fn is_explained_by(&self, delta: &Delta, listed: &[Place]) -> bool {
        let differences = self.differences(listed);
        differences
            .iter()
            .all(|href| delta.etags.contains_key(*href))
    }

    /// The resources of the plan's events that are gone from this list, or in another state.
    fn differences(&self, listed: &[Place]) -> Vec<&str> {
        let there: HashSet<(&str, &str)> = listed
            .iter()
            .map(|place| (place.href.as_str(), place.etag.as_str()))
            .collect();
        let known = self.places.values();
        known
            .filter(|place| !place.etag.is_empty())
            .map(|place| (place.href.as_str(), place.etag.as_str()))
            .filter(|place| !there.contains(place))
            .map(|(href, _)| href)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(href: &str, etag: &str) -> Place {
        Place {
            href: href.to_owned(),
            etag: etag.to_owned(),
        }
    }

    fn delta(etags: &[(&str, Option<&str>)]) -> Delta {
        let owned = etags
            .iter()
            .map(|(href, etag)| ((*href).to_owned(), etag.map(str::to_owned)));
        Delta {
            etags: owned.collect(),
        }
    }

    fn collection() -> Collection {
        let mut collection = Collection::new("plan");
        for (uid, href) in [("a", "/a.ics"), ("b", "/b.ics")] {
            collection.places.insert(uid.to_owned(), place(href, "1"));
        }
        collection
    }

    #[test]
    fn changes_are_added_to_what_is_known() {
        let collection = collection();
        let known = [place("/a.ics", "1"), place("/b.ics", "1")];
        assert_eq!(
            collection.after(&Delta::default()).as_deref(),
            Some(&known[..])
        );
        let changed = delta(&[
            ("/b.ics", Some("2")),
            ("/c.ics", Some("1")),
            ("/d.ics", None),
        ]);
        let after = [
            place("/a.ics", "1"),
            place("/b.ics", "2"),
            place("/c.ics", "1"),
        ];
        assert_eq!(collection.after(&changed).as_deref(), Some(&after[..]));
        // It may have another name now.
        assert_eq!(collection.after(&delta(&[("/a.ics", None)])), None);
    }

    #[test]
    fn a_list_shows_what_a_server_did_not_name() {
        let collection = collection();
        let same = [
            place("/a.ics", "1"),
            place("/b.ics", "1"),
            place("/x.ics", "1"),
        ];
        assert!(collection.is_up_to_date(&same));
        assert!(collection.is_explained_by(&Delta::default(), &same));
        let moved = [place("/a.ics", "1"), place("/b.ics", "2")];
        let gone = [place("/a.ics", "1")];
        for listed in [&moved[..], &gone] {
            assert!(!collection.is_up_to_date(listed));
            assert!(!collection.is_explained_by(&Delta::default(), listed));
            assert!(!collection.is_explained_by(&delta(&[("/a.ics", Some("1"))]), listed));
        }
        assert!(collection.is_explained_by(&delta(&[("/b.ics", Some("2"))]), &moved));
        assert!(collection.is_explained_by(&delta(&[("/b.ics", None)]), &gone));
        // One that may be ours is read first.
        let more = [&same[..], &[place("/plan.new.ics", "1")]].concat();
        assert!(!collection.is_up_to_date(&more));
    }
}
