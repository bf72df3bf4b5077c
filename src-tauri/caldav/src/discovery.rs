//! From the address of a server to the calendars of its user (RFC 6764, RFC 5397, RFC 4791).

use http::{Method, Request, Uri, header};
use libdav::caldav::{CalendarComponent, supported_calendar_component_set};
use libdav::dav::make_relative_url;
use libdav::requests::{DavRequest, ParseResponseError, xml_content_type_header};
use libdav::xmlutils::XmlNode;
use libdav::{Depth, PropertyName, names};
use waymark_core::calendar::files::file_stem;
use waymark_core::input_error::{ErrorCode, InputError};

use crate::address::resolve;
use crate::dns::{self, Service};
use crate::failure::Failure;
use crate::properties::{Properties, Thing};
use crate::server::Server;

const WELL_KNOWN: &str = "/.well-known/caldav";
/// Colour of a new calendar: the first phase's.
const COLOUR: &str = "#4169E1";
const MKCALENDAR: PropertyName = PropertyName::new(names::CALDAV, "mkcalendar");
/// The user's rights on a resource (RFC 3744, 5.4).
const PRIVILEGES: PropertyName = PropertyName::new(names::DAV, "current-user-privilege-set");
/// The rights that allow adding events. A server lists the wide ones, the narrow ones, or both.
const TO_WRITE: [&str; 4] = ["all", "write", "write-content", "bind"];

/// A calendar on a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundCalendar {
    /// Its address, as the server writes it.
    pub address: String,
    /// Its name; may be empty.
    pub name: String,
    /// Whether the user may read but not change it.
    pub is_read_only: bool,
}

impl FoundCalendar {
    /// Whether this is its name, or the name of its folder.
    pub fn is_called(&self, name: &str) -> bool {
        let folder = self.address.trim_end_matches('/').rsplit('/').next();
        self.name == name || folder == Some(name)
    }

    /// Its name, or its address if it has none.
    pub fn shown(&self) -> &str {
        match self.name.as_str() {
            "" => &self.address,
            name => name,
        }
    }
}

/// The user's calendars for events. (Some are for tasks only.)
///
/// # Errors
/// If the server cannot be reached, rejects the password, or is no calendar server.
pub fn calendars(server: &Server) -> Result<Vec<FoundCalendar>, Failure> {
    calendars_in(server, &homes(server)?)
}

fn calendars_in(server: &Server, homes: &[Uri]) -> Result<Vec<FoundCalendar>, Failure> {
    let wanted = [
        &names::RESOURCETYPE,
        &names::DISPLAY_NAME,
        &names::SUPPORTED_CALENDAR_COMPONENT_SET,
        &PRIVILEGES,
    ];
    let mut found = Vec::new();
    for home in homes {
        let request = Properties::new(home.path(), Depth::One, &wanted, of_events);
        for mut calendar in server.ask(home, &request)? {
            if let Some(address) = resolve(home, &calendar.address) {
                calendar.address = address.to_string();
                found.push(calendar);
            }
        }
    }
    Ok(found)
}

/// The resource as a calendar, if it is one for events. Its address is in the server's form.
fn of_events(thing: &Thing) -> Option<FoundCalendar> {
    let kind = thing.property(&names::RESOURCETYPE)?;
    let is_calendar = kind.children().any(|it| it.tag_name() == names::CALENDAR);
    // Without this property, a calendar accepts all kinds (RFC 4791, 5.2.3).
    let takes_events = thing
        .property(&names::SUPPORTED_CALENDAR_COMPONENT_SET)
        .is_none_or(|set| {
            let event = Some(CalendarComponent::VEvent.as_str());
            set.children().any(|it| it.attribute("name") == event)
        });
    let is_read_only = thing.property(&PRIVILEGES).is_some_and(|set| {
        let mut told = set.descendants().map(|it| it.tag_name().name());
        !told.any(|name| TO_WRITE.contains(&name))
    });
    let name = thing.property(&names::DISPLAY_NAME);
    let name = name.and_then(|it| it.text()).unwrap_or_default();
    let found = FoundCalendar {
        address: thing.href()?.to_owned(),
        name: name.to_owned(),
        is_read_only,
    };
    (is_calendar && takes_events).then_some(found)
}

/// Creates a calendar for events.
///
/// # Errors
/// If the server cannot be reached, does not allow new calendars, or the path is taken.
pub fn create(server: &Server, name: &str) -> Result<FoundCalendar, Failure> {
    if server.is_partial() {
        let sentence = "Google doesn't let programs create calendars. Create one at calendar.google.com, under “Other calendars”, and choose it here";
        return Err(InputError::sentence(ErrorCode::CalendarNotMade, sentence).into());
    }
    let homes = homes(server)?;
    let Some(home) = homes.first() else {
        let host = server.address().host().to_owned();
        return Err(Failure::NoCalendars { host });
    };
    let path = format!("{}/{}/", home.path().trim_end_matches('/'), file_stem(name));
    let refused = match server.ask(home, &MakeCalendar { path: &path, name }) {
        Ok(()) => {
            if let Some(address) = resolve(home, &path) {
                return Ok(FoundCalendar {
                    address: address.to_string(),
                    name: name.to_owned(),
                    is_read_only: false,
                });
            }
            None
        }
        // An attempt without a timely answer may have created it, which the list of calendars
        // shows. Servers answer the second attempt in different ways.
        Err(failure @ (Failure::Conflict | Failure::Forbidden)) => Some(failure),
        Err(Failure::Answer(status)) if status.as_u16() == 405 => None,
        Err(failure) => return Err(failure),
    };
    let made = calendars_in(server, &homes)?.into_iter();
    let mut made =
        made.filter(|calendar| calendar.name == name && calendar.address.ends_with(&path));
    made.next().ok_or_else(|| {
        if let Some(Failure::Forbidden) = refused {
            return Failure::Forbidden;
        }
        let why = format!(
            "the server didn't create it at {path}; create it there yourself, or choose another name"
        );
        Failure::Given(InputError::new(
            ErrorCode::CalendarNotMade,
            "calendar",
            name,
            why,
        ))
    })
}

/// The addresses of the user's calendar folders. The given address may be the server's, or that of
/// any resource of the user.
fn homes(server: &Server) -> Result<Vec<Uri>, Failure> {
    if let Some(known) = server.homes.get() {
        return Ok(known.clone());
    }
    for given in entrances(server)? {
        let given = &given;
        let wanted = [&names::CURRENT_USER_PRINCIPAL];
        let request = Properties::new(given.path(), Depth::Zero, &wanted, |it| {
            Some(it.places(&names::CURRENT_USER_PRINCIPAL))
        });
        let principal = match server.ask(given, &request) {
            Ok(places) => places.into_iter().flatten().next(),
            Err(
                Failure::Missing | Failure::Forbidden | Failure::Answer(_) | Failure::Unreadable(_),
            ) => None,
            Err(failure) => return Err(failure),
        };
        let Some(principal) = principal.and_then(|href| resolve(given, &href)) else {
            continue;
        };
        let wanted = [&names::CALENDAR_HOME_SET];
        let request = Properties::new(principal.path(), Depth::Zero, &wanted, |it| {
            Some(it.places(&names::CALENDAR_HOME_SET))
        });
        let places = server.ask(&principal, &request)?.into_iter().flatten();
        let homes: Vec<Uri> = places
            .filter_map(|href| resolve(&principal, &href))
            .collect();
        if !homes.is_empty() {
            return Ok(server.homes.get_or_init(|| homes).clone());
        }
    }
    let host = server.address().host().to_owned();
    Err(Failure::NoCalendars { host })
}

/// The addresses to ask for the user, in order: of the server that the records of a mail domain
/// name, and of the one that was given.
fn entrances(server: &Server) -> Result<Vec<Uri>, Failure> {
    let address = server.address();
    let mut entrances = Vec::new();
    let mut add = |base: &Uri, path: &str| entrances.extend(resolve(base, path));
    match address.mail_domain().map(dns::service) {
        Some(Service::At(named)) if address.trusts(&named) => {
            add(&named, named.path());
            add(&named, WELL_KNOWN);
        }
        // Anybody on the way could have written the answer, so the learner decides.
        Some(Service::At(named)) => {
            let host = address.host();
            let sentence = format!(
                "{host} names {named} as its calendar server. If you trust it with your password, enter that as the address."
            );
            return Err(InputError::sentence(ErrorCode::ServerElsewhere, sentence).into());
        }
        Some(Service::None) => {
            let host = address.host().to_owned();
            return Err(Failure::NoCalendars { host });
        }
        Some(Service::Unknown) | None => {}
    }
    add(address.uri(), &server.entrance());
    add(address.uri(), WELL_KNOWN);
    Ok(entrances)
}

/// MKCALENDAR (RFC 4791, 5.3.1), which every server supports that allows new calendars; `libdav`
/// has the extended MKCOL only.
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

#[cfg(test)]
mod tests {
    use super::*;

    const CALENDAR: &str = "<resourcetype><collection/><C:calendar/></resourcetype>";
    const EVENTS: &str = "<C:supported-calendar-component-set><C:comp name=\"VTODO\"/><C:comp name=\"VEVENT\"/></C:supported-calendar-component-set>";
    const TASKS: &str = "<C:supported-calendar-component-set><C:comp name=\"VTODO\"/></C:supported-calendar-component-set>";
    const READ: &str =
        "<current-user-privilege-set><privilege><read/></privilege></current-user-privilege-set>";
    const WRITE: &str = "<current-user-privilege-set><privilege><read/></privilege><privilege><write-content/></privilege></current-user-privilege-set>";

    /// A calendar from a server's answer, with the properties that it reports as missing.
    fn found(told: &[&str], not_there: &str) -> Option<FoundCalendar> {
        let told = told.concat();
        let body = format!(
            "<multistatus xmlns=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\"><response><href>/a/</href>\
             <propstat><prop>{not_there}</prop><status>HTTP/1.1 404 Not FoundCalendar</status></propstat>\
             <propstat><prop><displayname>A</displayname>{told}</prop><status>HTTP/1.1 200 OK</status></propstat>\
             </response></multistatus>"
        );
        let (parts, ()) = http::Response::new(()).into_parts();
        let wanted = [&PRIVILEGES];
        let request = Properties::new("/", Depth::One, &wanted, of_events);
        let found = request.parse_response(&parts, body.as_bytes()).unwrap();
        found.into_iter().next()
    }

    #[test]
    fn calendars_are_for_events_and_may_be_written() {
        let read_only = |told: &[&str], not_there: &str| {
            let found = found(told, not_there)?;
            assert_eq!((found.address.as_str(), found.name.as_str()), ("/a/", "A"));
            Some(found.is_read_only)
        };
        assert_eq!(read_only(&[CALENDAR, EVENTS, WRITE], ""), Some(false));
        assert_eq!(read_only(&[CALENDAR, EVENTS, READ], ""), Some(true));
        assert_eq!(read_only(&[CALENDAR], ""), Some(false));
        assert_eq!(read_only(&[CALENDAR, TASKS, WRITE], ""), None);
        assert_eq!(read_only(&[EVENTS, WRITE], ""), None);
        // A missing property means nothing.
        let neither = "<current-user-privilege-set/><C:supported-calendar-component-set/>";
        assert_eq!(read_only(&[CALENDAR], neither), Some(false));
        assert_eq!(read_only(&[WRITE], CALENDAR), None);
    }
}
