//! The resources of a calendar, listed and read. In `libdav`, an answer without an ETag cannot be
//! read.

use http::response::Parts;
use http::{Request, Uri};
use libdav::caldav::GetCalendarResources;
use libdav::dav::WebDavError;
use libdav::encoding::normalise_percent_encoded;
use libdav::requests::{DavRequest, ParseResponseError};
use libdav::xmlutils::{normalise_newlines, validate_xml_response};
use libdav::{Depth, PropertyName, names};
use waymark_core::calendar::sync::{Fetched, Place};

use crate::address::path_of;
use crate::properties::{Properties, Thing, things};

const WANTED: [&PropertyName; 3] = [
    &names::RESOURCETYPE,
    &names::GETCONTENTTYPE,
    &names::GETETAG,
];

/// Requests the resources of the calendar at a path, with their states.
pub(crate) fn list(path: &str) -> Properties<'_, Place> {
    Properties::new(path, Depth::One, &WANTED, listed)
}

fn listed(thing: &Thing) -> Option<Place> {
    let kind = thing.property(&names::RESOURCETYPE);
    let kinds = kind.into_iter().flat_map(|kind| kind.children());
    let is_collection = kinds
        .into_iter()
        .any(|it| it.tag_name() == names::COLLECTION);
    let mut known = WANTED.into_iter().filter_map(|name| thing.property(name));
    let is_gone = thing.is_gone() && known.next().is_none();
    (!is_collection && !is_gone).then(|| place(thing)).flatten()
}

/// Requests the texts of some resources (RFC 4791, 7.9).
pub(crate) struct Texts<'a>(pub GetCalendarResources<'a>);

impl DavRequest for Texts<'_> {
    type Response = Vec<Fetched>;
    type ParseError = ParseResponseError;
    type Error<E> = WebDavError<E>;

    fn prepare_request(&self, base: Uri) -> Result<Request<String>, http::Error> {
        self.0.prepare_request(base)
    }

    fn parse_response(
        &self,
        parts: &Parts,
        body: &[u8],
    ) -> Result<Vec<Fetched>, ParseResponseError> {
        let document = validate_xml_response(parts, body)?;
        Ok(things(&document).filter_map(|it| fetched(&it)).collect())
    }
}

fn fetched(thing: &Thing) -> Option<Fetched> {
    let mut place = place(thing)?;
    let text = thing.text(&names::CALENDAR_DATA);
    // XML turns each line end into a line feed.
    let text = text.map(|text| normalise_newlines(&text));
    if place.etag.is_empty()
        && let Some(text) = &text
    {
        place.etag = state_of(text);
    }
    Some(Fetched { place, text })
}

fn place(thing: &Thing) -> Option<Place> {
    let href = normalise_percent_encoded(path_of(thing.href()?)).ok()?;
    let etag = thing.text(&names::GETETAG);
    Some(Place {
        href: href.into_owned(),
        etag: etag.map(|etag| strong(&etag)).unwrap_or_default(),
    })
}

/// A server's ETag in the form for If-Match. A weak one never matches there (RFC 9110, 13.1.1), and
/// is often a strong one that a proxy changed when it compressed the answer. Some servers omit the
/// quotes in one place or the other.
pub(crate) fn strong(etag: &str) -> String {
    let etag = etag.trim();
    let bare = etag.strip_prefix("W/").unwrap_or(etag);
    match bare.trim_matches('"') {
        "" => String::new(),
        bare => format!("\"{bare}\""),
    }
}

/// Begins a state that Waymark computes from the text. An ETag begins with a quotation mark.
const OF_TEXT: &str = "text:";

/// The state of a resource whose server names none: a digest of its text (FNV-1a).
fn state_of(text: &str) -> String {
    let digest = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |digest, byte| {
            (digest ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
    format!("{OF_TEXT}{digest:016x}")
}

/// Whether the server itself names the resource's state, and compares it before it writes.
pub(crate) fn is_named(place: &Place) -> bool {
    !place.etag.is_empty() && !place.etag.starts_with(OF_TEXT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::{found, read};

    const NO_ETAG: &str = "<D:propstat><D:prop><D:getetag/></D:prop>\
        <D:status>HTTP/1.1 404 Not Found</D:status></D:propstat>";

    #[test]
    fn resources_are_listed_with_and_without_states() {
        let kind = "<D:resourcetype/>";
        let named = found(&format!("{kind}<D:getetag>W/\"1\"</D:getetag>"));
        let nameless = found(kind);
        let body = format!(
            "<D:response><D:href>/c/</D:href>{}</D:response>\
             <D:response><D:href>/c/a.ics</D:href>{named}</D:response>\
             <D:response><D:href>http://host/c/b%20b.ics</D:href>{NO_ETAG}{nameless}</D:response>\
             <D:response><D:href>/c/gone.ics</D:href><D:status>HTTP/1.1 404 Not Found</D:status></D:response>\
             <D:response><D:href>/c/locked.ics</D:href><D:status>HTTP/1.1 403 Forbidden</D:status></D:response>",
            found("<D:resourcetype><D:collection/></D:resourcetype>"),
        );
        let listed = read(&list("/c/"), &body);
        let listed: Vec<_> = listed
            .iter()
            .map(|place| (place.href.as_str(), place.etag.as_str()))
            .collect();
        let expected = [
            ("/c/a.ics", "\"1\""),
            ("/c/b b.ics", ""),
            ("/c/locked.ics", ""),
        ];
        assert_eq!(listed, expected);
    }

    #[test]
    fn texts_without_states_get_one() {
        let text = "BEGIN:VCALENDAR\nEND:VCALENDAR\n";
        let of = |text: &str| found(&format!("<C:calendar-data>{text}</C:calendar-data>"));
        let body = format!(
            "<D:response><D:href>/c/a.ics</D:href>{NO_ETAG}{}</D:response>\
             <D:response><D:href>/c/b.ics</D:href>{}</D:response>\
             <D:response><D:href>/c/c.ics</D:href>{}</D:response>\
             <D:response><D:href>/c/gone.ics</D:href><D:status>HTTP/1.1 404 Not Found</D:status></D:response>",
            of(text),
            of(text),
            of("<![CDATA[BEGIN:VCALENDAR\r\nX-A:1\r\nEND:VCALENDAR\r\n]]>"),
        );
        let fetched = read(&Texts(GetCalendarResources::new("/c/")), &body);
        let [a, b, c, gone] = &fetched[..] else {
            panic!("{fetched:?}");
        };
        assert_eq!(
            a.text.as_deref(),
            Some("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")
        );
        assert!(!is_named(&a.place) && a.place.etag == b.place.etag);
        assert_ne!(a.place.etag, c.place.etag);
        assert_eq!((&gone.text, gone.place.etag.as_str()), (&None, ""));
    }
}
