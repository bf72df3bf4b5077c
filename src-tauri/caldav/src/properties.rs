//! Properties of a server's resources (RFC 4918, 9.1).

use http::response::Parts;
use http::{Request, Uri};
use libdav::dav::{Propfind, WebDavError};
use libdav::requests::{DavRequest, ParseResponseError};
use libdav::xmlutils::{parse_statusline, validate_xml_response};
use libdav::{Depth, PropertyName, names};
use roxmltree::{Document, Node};

/// Requests some properties of the resource at a path and, depending on the depth, of those in it.
/// `read` turns each resource into a result, or ignores it.
pub(crate) struct Properties<'a, T> {
    asked: Propfind<'a>,
    read: fn(&Thing) -> Option<T>,
}

impl<'a, T> Properties<'a, T> {
    pub fn new(
        path: &'a str,
        depth: Depth,
        names: &[&'a PropertyName<'a, 'a>],
        read: fn(&Thing) -> Option<T>,
    ) -> Self {
        let asked = Propfind::new(path).with_properties(names).with_depth(depth);
        Self { asked, read }
    }
}

impl<T> DavRequest for Properties<'_, T> {
    type Response = Vec<T>;
    type ParseError = ParseResponseError;
    type Error<E> = WebDavError<E>;

    fn prepare_request(&self, base: Uri) -> Result<Request<String>, http::Error> {
        self.asked.prepare_request(base)
    }

    fn parse_response(&self, parts: &Parts, body: &[u8]) -> Result<Vec<T>, ParseResponseError> {
        let document = validate_xml_response(parts, body)?;
        Ok(things(&document)
            .filter_map(|it| (self.read)(&it))
            .collect())
    }
}

/// The resources in an answer.
pub(crate) fn things<'a, 'input: 'a>(
    answer: &'a Document<'input>,
) -> impl Iterator<Item = Thing<'a, 'input>> {
    children(answer.root_element(), &names::RESPONSE).map(Thing)
}

/// One resource with its properties.
pub(crate) struct Thing<'a, 'input>(Node<'a, 'input>);

impl<'a, 'input: 'a> Thing<'a, 'input> {
    /// Its address in the server's form.
    pub fn href(&self) -> Option<&'a str> {
        children(self.0, &names::HREF).next()?.text()
    }

    /// The content of a property. `None` if the server does not have or does not return it.
    pub fn property(&self, name: &PropertyName) -> Option<Node<'a, 'input>> {
        let told = children(self.0, &names::PROPSTAT).filter(|it| {
            let status = children(*it, &names::STATUS).next();
            let status = status.and_then(|status| parse_statusline(status.text()?).ok());
            status.is_none_or(|status| status.is_success())
        });
        let told = told.flat_map(|it| children(it, &names::PROP));
        told.flat_map(|it| children(it, name)).next()
    }

    /// The text of a property. `None` if the server does not have or does not return it.
    pub fn text(&self, name: &PropertyName) -> Option<String> {
        let property = self.property(name)?;
        let texts = property.children().filter_map(|it| it.text());
        Some(texts.collect()).filter(|text: &String| !text.is_empty())
    }

    /// The status of the resource itself, rather than of its properties.
    pub fn status(&self) -> Option<u16> {
        let mut statuses = children(self.0, &names::STATUS);
        let status = statuses.find_map(|it| parse_statusline(it.text()?).ok());
        status.map(|status| status.as_u16())
    }

    /// Whether it is listed, but reported as missing.
    pub fn is_gone(&self) -> bool {
        let parts = children(self.0, &names::PROPSTAT).chain([self.0]);
        let statuses = parts.flat_map(|it| children(it, &names::STATUS));
        let mut statuses = statuses.filter_map(|it| parse_statusline(it.text()?).ok());
        statuses.any(|status| matches!(status.as_u16(), 404 | 410))
    }

    /// The addresses in a property.
    pub fn places(&self, name: &PropertyName) -> Vec<String> {
        let property = self.property(name).into_iter();
        let hrefs = property.flat_map(|it| children(it, &names::HREF));
        hrefs
            .filter_map(|it| it.text())
            .map(str::to_owned)
            .collect()
    }
}

/// The elements of that name directly in this one.
fn children<'a, 'input: 'a>(
    node: Node<'a, 'input>,
    name: &PropertyName,
) -> impl Iterator<Item = Node<'a, 'input>> {
    node.children().filter(move |it| it.tag_name() == *name)
}
