//! The state of a calendar as a whole, and the changes since: tokens (RFC 6578), or tags (CTag).

use std::collections::BTreeMap;

use http::response::Parts;
use http::{Request, Uri};
use libdav::dav::{SyncCollection, WebDavError};
use libdav::encoding::normalise_percent_encoded;
use libdav::requests::{DavRequest, ParseResponseError};
use libdav::xmlutils::validate_xml_response;
use libdav::{Depth, PropertyName, names};
use waymark_core::calendar::sync::{Delta, SyncMark};

use crate::address::path_of;
use crate::properties::{Properties, Thing, things};
use crate::resources::strong;

/// The tag of a calendar, of Apple's extension for CalDAV.
const TAG: PropertyName = PropertyName::new("http://calendarserver.org/ns/", "getctag");

const WANTED: [&PropertyName; 4] = [
    &names::RESOURCETYPE,
    &names::SUPPORTED_REPORT_SET,
    &names::SYNC_TOKEN,
    &TAG,
];

/// Requests the state of the calendar at a path.
pub(crate) fn look(path: &str) -> Properties<'_, Look> {
    Properties::new(path, Depth::Zero, &WANTED, |calendar| {
        Some(Look {
            token: calendar
                .text(&names::SYNC_TOKEN)
                .filter(|_| names_changes(calendar)),
            tag: calendar.text(&TAG),
        })
    })
}

/// A server's names for the state of a calendar.
#[derive(Debug, Default)]
pub(crate) struct Look {
    /// Only if the server names the changes since a token.
    pub token: Option<String>,
    pub tag: Option<String>,
}

impl Look {
    /// The one to store.
    pub fn mark(self) -> Option<SyncMark> {
        let token = self.token.map(SyncMark::Token);
        token.or(self.tag.map(SyncMark::Tag))
    }
}

fn names_changes(calendar: &Thing) -> bool {
    let reports = calendar.property(&names::SUPPORTED_REPORT_SET);
    let mut reports = reports.into_iter().flat_map(|set| set.descendants());
    reports.any(|report| report.tag_name() == names::SYNC_COLLECTION)
}

/// Requests the changes in the calendar at a path since a token.
pub(crate) struct ChangesSince<'a> {
    asked: SyncCollection<'a>,
    path: &'a str,
}

/// An answer to that.
#[derive(Debug)]
pub(crate) struct Changes {
    pub delta: Delta,
    /// The state after them.
    pub token: String,
    /// Whether there are more, which the server names after another request.
    pub is_cut: bool,
}

impl<'a> ChangesSince<'a> {
    /// `encoded` is the path for the request, and `path` the same in `libdav`'s form.
    pub fn new(encoded: &'a str, path: &'a str, token: &'a str) -> Self {
        Self {
            asked: SyncCollection::new(encoded).with_sync_token(token),
            path,
        }
    }

    fn read(&self, thing: &Thing, changes: &mut Changes) -> Option<()> {
        let href = normalise_percent_encoded(path_of(thing.href()?)).ok()?;
        let status = thing.status();
        if href.trim_end_matches('/') == self.path.trim_end_matches('/') {
            changes.is_cut |= status == Some(507);
            return None;
        }
        let etag = thing.text(&names::GETETAG);
        let state = match (status, etag) {
            (Some(404 | 410), None) => None,
            (Some(400..), None) => return None,
            // Without a state, it is read.
            (_, etag) => Some(etag.map(|etag| strong(&etag)).unwrap_or_default()),
        };
        changes.delta.etags.insert(href.into_owned(), state);
        Some(())
    }
}

impl DavRequest for ChangesSince<'_> {
    type Response = Changes;
    type ParseError = ParseResponseError;
    type Error<E> = WebDavError<E>;

    fn prepare_request(&self, base: Uri) -> Result<Request<String>, http::Error> {
        self.asked.prepare_request(base)
    }

    fn parse_response(&self, parts: &Parts, body: &[u8]) -> Result<Changes, ParseResponseError> {
        let document = validate_xml_response(parts, body)?;
        let mut told = document.root_element().children();
        let token = told.find(|node| node.tag_name() == names::SYNC_TOKEN);
        let mut changes = Changes {
            delta: Delta {
                etags: BTreeMap::new(),
            },
            token: token
                .and_then(|it| it.text())
                .unwrap_or_default()
                .to_owned(),
            is_cut: false,
        };
        for thing in things(&document) {
            self.read(&thing, &mut changes);
        }
        Ok(changes)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::answers::{found, read};

    /// The response of the calendar itself.
    fn of_calendar(properties: &str) -> String {
        format!(
            "<D:response><D:href>/c/</D:href>{}</D:response>",
            found(properties)
        )
    }

    #[test]
    fn a_token_counts_if_the_server_names_changes() {
        let token = "<D:sync-token>t:1</D:sync-token>";
        let tag = "<S:getctag>\"2\"</S:getctag>";
        let reports = "<D:supported-report-set><D:supported-report><D:report><D:sync-collection/>\
            </D:report></D:supported-report></D:supported-report-set>";
        let mark = |properties: &[&str]| {
            let looked = read(&look("/c/"), &of_calendar(&properties.concat()));
            looked.into_iter().next().unwrap().mark()
        };
        let as_token = Some(SyncMark::Token("t:1".to_owned()));
        let as_tag = Some(SyncMark::Tag("\"2\"".to_owned()));
        assert_eq!(mark(&[token, tag, reports]), as_token);
        assert_eq!(mark(&[token, tag]), as_tag);
        assert_eq!(mark(&[tag, reports]), as_tag);
        assert_eq!(mark(&[token]), None);
        assert_eq!(mark(&["<D:sync-token/><S:getctag/>", reports]), None);
    }

    #[test]
    fn changes_are_read() {
        let changed = |href: &str, etag: &str| {
            format!(
                "<D:response><D:href>{href}</D:href><D:propstat><D:prop>{etag}</D:prop>\
                 <D:status>HTTP/1.1 200 OK</D:status></D:propstat></D:response>"
            )
        };
        let status = |href: &str, status: u16| {
            format!(
                "<D:response><D:href>{href}</D:href><D:status>HTTP/1.1 {status} It</D:status></D:response>"
            )
        };
        let body = [
            changed("/c/a.ics", "<D:getetag>W/\"1\"</D:getetag>"),
            changed("http://host/c/b%20b.ics", ""),
            status("/c/gone.ics", 404),
            status("/c/locked.ics", 403),
            changed("/c/", "<D:getetag>\"9\"</D:getetag>"),
            "<D:sync-token>t:2</D:sync-token>".to_owned(),
        ];
        let request = ChangesSince::new("/c/", "/c/", "t:1");
        let changes = read(&request, &body.concat());
        let told: Vec<_> = changes.delta.etags.into_iter().collect();
        let expected = [
            ("/c/a.ics".to_owned(), Some("\"1\"".to_owned())),
            ("/c/b b.ics".to_owned(), Some(String::new())),
            ("/c/gone.ics".to_owned(), None),
        ];
        assert_eq!(told, expected);
        assert_eq!((changes.token.as_str(), changes.is_cut), ("t:2", false));
        let cut = read(&request, &status("/c", 507));
        assert!(cut.is_cut && cut.token.is_empty());
    }
}
