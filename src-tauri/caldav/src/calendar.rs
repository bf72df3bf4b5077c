//! One calendar on a server: reading and writing its events.

use http::Uri;
use libdav::caldav::GetCalendarResources;
use libdav::dav::{Delete, GetEtag, ListResources, ListedResource, PutResource, mime_types};
use libdav::encoding::normalise_percent_encoded;
use waymark_core::calendar::sync::{Fetched, Place};
use waymark_core::input_error::{ErrorCode, InputError};

use crate::address::{encoded, path_of};
use crate::failure::Failure;
use crate::server::Server;

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
        let answer = self.server.ask(&self.address, &ListResources::new(&path))?;
        let resources = answer.resources.into_iter();
        let resources = resources.filter(|it| !it.resource_type.is_collection && !is_gone(it));
        let places = resources.map(|it| place(&it.href, it.etag));
        Ok(places.filter(|place| place.href != self.path).collect())
    }

    /// The texts of some resources. One that has been deleted has none.
    ///
    /// # Errors
    /// As [`Calendar::list`].
    pub fn fetch(&self, hrefs: &[String]) -> Result<Vec<Fetched>, Failure> {
        let path = encoded(&self.path);
        let mut fetched = Vec::with_capacity(hrefs.len());
        for hrefs in hrefs.chunks(AT_ONCE) {
            let hrefs = hrefs.iter().map(|href| encoded(href));
            let request = GetCalendarResources::new(&path).with_hrefs(hrefs);
            let answer = self.server.ask(&self.address, &request)?;
            fetched.extend(answer.resources.into_iter().map(|it| {
                let content = it.content.ok();
                let (etag, text) = content.map(|it| (it.etag, it.data)).unzip();
                let place = place(&it.href, etag);
                Fetched { place, text }
            }));
        }
        Ok(fetched)
    }

    /// Adds an event as a new resource, and returns the resource.
    ///
    /// # Errors
    /// As [`Calendar::list`]; [`Failure::Conflict`] if the resource exists, or the event exists
    /// elsewhere.
    pub fn add(&self, name: &str, text: &str) -> Result<Place, Failure> {
        let href = format!("{}{name}", self.path);
        let path = encoded(&href);
        let request = PutResource::new(&path).create(text, mime_types::CALENDAR);
        let etag = self.server.ask(&self.address, &request)?.etag;
        self.settled(href, etag)
    }

    /// Replaces a resource that is in the known state, and returns its new state.
    ///
    /// # Errors
    /// As [`Calendar::list`]; [`Failure::Conflict`] if it is in another state, [`Failure::Missing`]
    /// if it does not exist.
    pub fn replace(&self, place: &Place, text: &str) -> Result<Place, Failure> {
        let path = encoded(&place.href);
        let request = PutResource::new(&path);
        let request = request.update(text, mime_types::CALENDAR, state(place));
        let etag = self.server.ask(&self.address, &request)?.etag;
        self.settled(place.href.clone(), etag)
    }

    /// Removes a resource that is in the known state.
    ///
    /// # Errors
    /// As [`Calendar::replace`].
    pub fn remove(&self, place: &Place) -> Result<(), Failure> {
        let path = encoded(&place.href);
        let request = Delete::new(&path).with_etag(state(place));
        self.server.ask(&self.address, &request).map(|_| ())
    }

    /// Some servers do not return the state after a write.
    fn settled(&self, href: String, etag: Option<String>) -> Result<Place, Failure> {
        let etag = match etag {
            Some(etag) => Some(etag),
            None => match self
                .server
                .ask(&self.address, &GetEtag::new(&encoded(&href)))
            {
                Ok(answer) => Some(answer.etag),
                // It exists; the next sync reads it again.
                Err(Failure::Unreadable(_) | Failure::Missing) => None,
                Err(failure) => return Err(failure),
            },
        };
        Ok(place(&href, etag))
    }
}

fn place(href: &str, etag: Option<String>) -> Place {
    Place {
        href: path_of(href).to_owned(),
        etag: etag.map(|etag| strong(&etag)).unwrap_or_default(),
    }
}

/// A server's ETag in the form for If-Match. A weak one never matches there (RFC 9110, 13.1.1), and
/// is often a strong one that a proxy changed when it compressed the answer. Some servers omit the
/// quotes in one place or the other.
fn strong(etag: &str) -> String {
    let etag = etag.trim();
    let bare = etag.strip_prefix("W/").unwrap_or(etag);
    match bare.trim_matches('"') {
        "" => String::new(),
        bare => format!("\"{bare}\""),
    }
}

/// Listed, but reported as missing.
fn is_gone(resource: &ListedResource) -> bool {
    let status = resource.status.map(|status| status.as_u16());
    matches!(status, Some(404 | 410)) && resource.etag.is_none() && resource.content_type.is_none()
}

fn state(place: &Place) -> &str {
    match place.etag.as_str() {
        "" => ANY_STATE,
        etag => etag,
    }
}
