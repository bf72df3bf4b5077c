//! One calendar on a server: reading and writing its events.

use http::response::Parts;
use http::{Request, Uri, header};
use libdav::caldav::GetCalendarResources;
use libdav::dav::{Delete, PutResource, mime_types};
use libdav::encoding::normalise_percent_encoded;
use libdav::requests::DavRequest;
use waymark_core::calendar::sync::{Fetched, Place};
use waymark_core::input_error::{ErrorCode, InputError};

use crate::address::encoded;
use crate::failure::Failure;
use crate::lanes;
use crate::resources::{self, Texts, is_named, strong};
use crate::server::Server;
use crate::state::{self, Changes, ChangesSince, Look};

/// Number of events in one request.
const AT_ONCE: usize = 100;
/// Matches any existing state (RFC 9110, 13.1.1), for servers without ETags.
const ANY_STATE: &str = "*";

/// A calendar on a server.
pub struct Calendar<'a> {
    server: &'a Server,
    address: Uri,
    /// Its path in `libdav`'s form: percent-encoded only if necessary.
    path: String,
}

impl<'a> Calendar<'a> {
    /// The calendar at an address that the server named. Sends nothing yet.
    ///
    /// # Errors
    /// If it is no address.
    pub fn new(server: &'a Server, address: &str) -> Result<Self, Failure> {
        let refuse = || {
            InputError::new(
                ErrorCode::CalendarAddress,
                "calendar",
                address,
                "enter the address of a calendar",
            )
        };
        let uri: Uri = address.parse().map_err(|_| refuse())?;
        let path = normalise_percent_encoded(uri.path()).map_err(|_| refuse())?;
        Ok(Self {
            server,
            path: format!("{}/", path.trim_end_matches('/')),
            address: uri,
        })
    }

    /// All its resources, with their states.
    ///
    /// # Errors
    /// If the server cannot be reached, or does not have the calendar.
    pub fn list(&self) -> Result<Vec<Place>, Failure> {
        let path = encoded(&self.path);
        let listed = self.server.ask(&self.address, &resources::list(&path))?;
        let listed = listed.into_iter();
        Ok(listed.filter(|place| place.href != self.path).collect())
    }

    /// The texts of some resources. One that has been deleted has none.
    ///
    /// # Errors
    /// As [`Calendar::list`].
    pub fn fetch(&self, hrefs: &[String]) -> Result<Vec<Fetched>, Failure> {
        let path = encoded(&self.path);
        let fetch = |hrefs: &&[String]| {
            let hrefs = hrefs.iter().map(|href| encoded(href));
            let request = GetCalendarResources::new(&path).with_hrefs(hrefs);
            self.server.ask(&self.address, &Texts(request))
        };
        let parts: Vec<&[String]> = hrefs.chunks(AT_ONCE).collect();
        let mut fetched = Vec::with_capacity(hrefs.len());
        let mut failed = None;
        lanes::each(&parts, fetch, |_, part| {
            match part {
                Ok(part) => fetched.extend(part),
                Err(failure) => failed = failed.take().or(Some(failure)),
            }
            failed.is_none()
        });
        failed.map_or(Ok(fetched), Err)
    }

    /// The server's names for the calendar's state.
    ///
    /// # Errors
    /// As [`Calendar::list`].
    pub(crate) fn look(&self) -> Result<Look, Failure> {
        let path = encoded(&self.path);
        match self.server.ask(&self.address, &state::look(&path)) {
            Ok(looked) => Ok(looked.into_iter().next().unwrap_or_default()),
            // The list of the calendar shows what is wrong, if anything is.
            Err(
                Failure::Missing | Failure::Forbidden | Failure::Answer(_) | Failure::Unreadable(_),
            ) => Ok(Look::default()),
            Err(failure) => Err(failure),
        }
    }

    /// The changes since a token.
    ///
    /// # Errors
    /// As [`Calendar::list`], or if the server refuses the token.
    pub(crate) fn changes(&self, token: &str) -> Result<Changes, Failure> {
        let path = encoded(&self.path);
        let request = ChangesSince::new(&path, &self.path, token);
        self.server.ask(&self.address, &request)
    }

    /// Adds an event as a new resource.
    ///
    /// # Errors
    /// As [`Calendar::list`]; [`Failure::Conflict`] if the resource exists, or the event exists
    /// elsewhere.
    pub fn add(&self, name: &str, text: &str) -> Result<Written, Failure> {
        let href = self.href(name);
        let path = encoded(&href);
        let request = PutResource::new(&path).create(text, mime_types::CALENDAR);
        let answer = match self.is_partial() {
            true => self.server.ask(&self.address, &Unconditional(request))?,
            false => self.server.ask(&self.address, &request)?,
        };
        self.written(href, answer.etag)
    }

    /// The address of a new resource.
    pub(crate) fn href(&self, name: &str) -> String {
        format!("{}{name}", self.path)
    }

    /// Whether the server has only part of the protocol: see [`Server::is_partial`].
    pub(crate) fn is_partial(&self) -> bool {
        self.server.is_partial()
    }

    /// Replaces a resource that is in the known state.
    ///
    /// # Errors
    /// As [`Calendar::list`]; [`Failure::Conflict`] if it is in another state, [`Failure::Missing`]
    /// if it does not exist.
    pub fn replace(&self, place: &Place, text: &str) -> Result<Written, Failure> {
        let path = encoded(&place.href);
        let request = PutResource::new(&path);
        let request = request.update(text, mime_types::CALENDAR, known_state(place));
        let etag = self.server.ask(&self.address, &request)?.etag;
        self.written(place.href.clone(), etag)
    }

    /// Removes a resource that is in the known state.
    ///
    /// # Errors
    /// As [`Calendar::replace`].
    pub fn remove(&self, place: &Place) -> Result<(), Failure> {
        let path = encoded(&place.href);
        let request = Delete::new(&path).with_etag(known_state(place));
        self.server.ask(&self.address, &request).map(|_| ())
    }

    /// Some servers do not return the state after a write, so the resource is read back.
    fn written(&self, href: String, etag: Option<String>) -> Result<Written, Failure> {
        let etag = etag.map(|etag| strong(&etag)).unwrap_or_default();
        let mut written = Written {
            place: Place { href, etag },
            text: None,
        };
        if !written.place.etag.is_empty() {
            return Ok(written);
        }
        let fetched = match self.fetch(std::slice::from_ref(&written.place.href)) {
            Ok(fetched) => fetched.into_iter().next(),
            // It exists; the next sync reads it again.
            Err(Failure::Unreadable(_) | Failure::Missing) => None,
            Err(failure) => return Err(failure),
        };
        if let Some(fetched) = fetched {
            written.place.etag = fetched.place.etag;
            written.text = fetched.text;
        }
        Ok(written)
    }
}

/// A request without the condition that the resource is new, for servers that know none.
struct Unconditional<R>(R);

impl<R: DavRequest> DavRequest for Unconditional<R> {
    type Response = R::Response;
    type ParseError = R::ParseError;
    type Error<E> = R::Error<E>;

    fn prepare_request(&self, base: Uri) -> Result<Request<String>, http::Error> {
        let mut request = self.0.prepare_request(base)?;
        request.headers_mut().remove(header::IF_NONE_MATCH);
        Ok(request)
    }

    fn parse_response(&self, parts: &Parts, body: &[u8]) -> Result<R::Response, R::ParseError> {
        self.0.parse_response(parts, body)
    }
}

/// A resource after it was written.
pub struct Written {
    /// Its address and state.
    pub place: Place,
    /// Its text as the server has it now, if it had to be read back for its state.
    pub text: Option<String>,
}

fn known_state(place: &Place) -> &str {
    match is_named(place) {
        true => &place.etag,
        false => ANY_STATE,
    }
}
