//! Answers of servers, for the tests.
#![allow(clippy::unwrap_used)]

use libdav::requests::{DavRequest, ParseResponseError};

/// The result that a request reads from a multistatus answer with these responses.
pub(crate) fn read<R: DavRequest<ParseError = ParseResponseError>>(
    request: &R,
    responses: &str,
) -> R::Response {
    let (parts, ()) = http::Response::new(()).into_parts();
    let body = format!(
        "<D:multistatus xmlns:D=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\" \
         xmlns:S=\"http://calendarserver.org/ns/\">{responses}</D:multistatus>"
    );
    request.parse_response(&parts, body.as_bytes()).unwrap()
}

/// The part of a response with the properties that a resource has.
pub(crate) fn found(properties: &str) -> String {
    format!(
        "<D:propstat><D:prop>{properties}</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>"
    )
}
