//! A calendar file at a WebDAV address (RFC 4918), which others subscribe to.

use http::header;
use http::response::Parts;
use http::{Request, Uri};
use libdav::dav::{PutResource, WebDavError, mime_types};
use libdav::requests::{DavRequest, ParseResponseError};
use waymark_core::calendar::files::is_ours;
use waymark_core::input_error::{ErrorCode, InputError};

use crate::failure::Failure;
use crate::resources::strong;
use crate::server::Server;

/// Uploads a calendar file to the server's address. A file of another program there is left alone,
/// and one that somebody changes at the same moment is not overwritten.
///
/// # Errors
/// If the server can't be reached, rejects the password or the file, or has something else there.
pub fn upload(server: &Server, text: &str) -> Result<(), Failure> {
    let uri = server.address().uri();
    let path = uri.path();
    if path.ends_with('/') {
        let why = "enter the address of the file, such as https://cloud.example.org/remote.php/dav/files/ana/study.ics";
        let field = "address of the file";
        return Err(InputError::new(ErrorCode::ServerAddress, field, "", why).into());
    }
    let put = PutResource::new(path);
    let kind = mime_types::CALENDAR;
    let sent = match server.ask(uri, &GetFile) {
        Err(Failure::Missing) => server.ask(uri, &put.create(text, kind)).map(drop),
        Err(failure) => return Err(failure),
        Ok(held) if !is_ours(&held.text) => return Err(occupied()),
        Ok(held) if held.text == text => return Ok(()),
        Ok(held) => {
            let state = match strong(&held.etag) {
                // Without a state, it can't be compared.
                none if none.is_empty() => "*".to_owned(),
                state => state,
            };
            server.ask(uri, &put.update(text, kind, &state)).map(drop)
        }
    };
    sent.map_err(|failure| match failure {
        // The folder of the file does not exist, or another program was quicker.
        Failure::Conflict => {
            let why = "The file couldn't be uploaded: its folder doesn't exist, or somebody changed the file at the same moment";
            InputError::sentence(ErrorCode::ServerConflict, why).into()
        }
        failure => failure,
    })
}

fn occupied() -> Failure {
    let why = "This address already has a file that Waymark didn't write. It was left as it is; enter another address";
    InputError::sentence(ErrorCode::Occupied, why).into()
}

/// Reads a file.
struct GetFile;

struct HeldFile {
    text: String,
    etag: String,
}

impl DavRequest for GetFile {
    type Response = HeldFile;
    type ParseError = ParseResponseError;
    type Error<E> = WebDavError<E>;

    fn prepare_request(&self, base: Uri) -> Result<Request<String>, http::Error> {
        Request::get(base).body(String::new())
    }

    fn parse_response(&self, parts: &Parts, body: &[u8]) -> Result<HeldFile, ParseResponseError> {
        let etag = parts.headers.get(header::ETAG);
        let etag = etag.and_then(|etag| etag.to_str().ok());
        Ok(HeldFile {
            text: String::from_utf8_lossy(body).into_owned(),
            etag: etag.unwrap_or_default().to_owned(),
        })
    }
}
