//! From the address of a server to the calendars of its user (RFC 6764, RFC 5397, RFC 4791).

use http::{Method, Request, Uri, header};
use libdav::caldav::{
    CalendarComponent, FindCalendarHomeSet, FindCalendars, supported_calendar_component_set,
};
use libdav::dav::{FindPropertyHrefs, make_relative_url};
use libdav::requests::{DavRequest, ParseResponseError, xml_content_type_header};
use libdav::xmlutils::XmlNode;
use libdav::{PropertyName, names};
use waymark_core::calendar::export::file_stem;
use waymark_core::problem::Problem;

use crate::address::resolve;
use crate::failure::Failure;
use crate::server::Server;

const WELL_KNOWN: &str = "/.well-known/caldav";
/// What a new calendar looks like where colours are shown: the first of those that phases have.
const COLOUR: &str = "#4169E1";
const MKCALENDAR: PropertyName = PropertyName::new(names::CALDAV, "mkcalendar");

/// A calendar on a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its address.
    pub address: String,
    /// What it is called; empty if it has no name.
    pub name: String,
}

impl Found {
    /// Whether it is called so, or is the folder of that name.
    pub fn is_called(&self, name: &str) -> bool {
        let folder = self.address.trim_end_matches('/').rsplit('/').next();
        self.name == name || folder == Some(name)
    }
}

/// The user's calendars.
///
/// # Errors
/// The server cannot be reached, refuses the password, or is none of calendars.
pub fn calendars(server: &Server) -> Result<Vec<Found>, Failure> {
    let mut found = Vec::new();
    for home in homes(server)? {
        let answer = server.ask(&home, &FindCalendars::new(home.path()))?;
        for calendar in answer.calendars {
            let address = calendar.href.parse().ok();
            let Some(address) = address.and_then(|href| resolve(&home, &href)) else {
                continue;
            };
            let name = calendar
                .properties
                .into_iter()
                .find(|(name, _)| **name == names::DISPLAY_NAME);
            found.push(Found {
                address: address.to_string(),
                name: name.and_then(|(_, name)| name).unwrap_or_default(),
            });
        }
    }
    Ok(found)
}

/// Makes a calendar for events.
///
/// # Errors
/// The server cannot be reached, does not let calendars be made, or has something in that place.
pub fn create(server: &Server, name: &str) -> Result<Found, Failure> {
    let homes = homes(server)?;
    let Some(home) = homes.first() else {
        let host = server.address().host().to_owned();
        return Err(Failure::NoCalendars { host });
    };
    let path = format!("{}/{}/", home.path().trim_end_matches('/'), file_stem(name));
    match server.ask(home, &MakeCalendar { path: &path, name }) {
        // Made by an attempt that was not answered in time, as the list of calendars tells.
        Ok(()) | Err(Failure::Conflict) => {}
        Err(Failure::Answer(status)) if status.as_u16() == 405 => {}
        Err(failure) => return Err(failure),
    }
    let made = calendars(server)?.into_iter();
    let mut made =
        made.filter(|calendar| calendar.name == name && calendar.address.ends_with(&path));
    made.next().ok_or_else(|| {
        let why = format!(
            "the server did not make it at {path}: make it there by hand, or give another name"
        );
        Failure::Given(Problem::new("calendar-not-made", "calendar", name, why))
    })
}

/// Where the user's calendars are. The address may be that of the server, or of anything of the user's on it.
fn homes(server: &Server) -> Result<Vec<Uri>, Failure> {
    let given = server.address().uri();
    for path in [given.path(), WELL_KNOWN] {
        let request = FindPropertyHrefs::new(path, &names::CURRENT_USER_PRINCIPAL);
        let principal = match server.ask(given, &request) {
            Ok(answer) => answer.hrefs.into_iter().next(),
            Err(
                Failure::Missing | Failure::Forbidden | Failure::Answer(_) | Failure::Unreadable(_),
            ) => None,
            Err(failure) => return Err(failure),
        };
        let Some(principal) = principal.and_then(|href| resolve(given, &href)) else {
            continue;
        };
        let answer = server.ask(&principal, &FindCalendarHomeSet::new(principal.path()))?;
        let homes = answer
            .home_sets
            .iter()
            .filter_map(|href| resolve(&principal, href));
        let homes: Vec<Uri> = homes.collect();
        if !homes.is_empty() {
            return Ok(homes);
        }
    }
    let host = server.address().host().to_owned();
    Err(Failure::NoCalendars { host })
}

/// MKCALENDAR (RFC 4791, 5.3.1), which every server of calendars knows that lets them be made; `libdav` has the extended MKCOL only.
struct MakeCalendar<'a> {
    path: &'a str,
    name: &'a str,
}

impl DavRequest for MakeCalendar<'_> {
    type Response = ();
    type ParseError = ParseResponseError;
    type Error<E> = libdav::dav::WebDavError<E>;

    fn prepare_request(&self, base: Uri) -> Result<Request<String>, http::Error> {
        let properties = XmlNode::new(&names::PROP).with_children(vec![
            XmlNode::new(&names::DISPLAY_NAME).with_text(self.name),
            XmlNode::new(&names::CALENDAR_COLOUR).with_text(COLOUR),
            supported_calendar_component_set(&[CalendarComponent::VEvent]),
        ]);
        let set = XmlNode::new(&names::SET).with_children(vec![properties]);
        let (_, content_type) = xml_content_type_header();
        Request::builder()
            .method(Method::from_bytes(b"MKCALENDAR")?)
            .uri(make_relative_url(base, self.path)?)
            .header(header::CONTENT_TYPE, content_type)
            .body(
                XmlNode::new(&MKCALENDAR)
                    .with_children(vec![set])
                    .render_node(),
            )
    }

    fn parse_response(
        &self,
        _: &http::response::Parts,
        _: &[u8],
    ) -> Result<(), ParseResponseError> {
        Ok(())
    }
}
