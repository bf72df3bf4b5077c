//! Reads JSON that people write. Errors are in plain words and name the place by its ids.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc, Weekday};
use serde::de::{DeserializeOwned, Error};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::input_error::{ErrorCode, InputError};

/// A kind of file that a person may write.
pub struct FileKind {
    /// Such as `plan file`.
    pub name: &'static str,
    /// The code if the text is not JSON.
    pub not_json: ErrorCode,
    /// The code if a field is missing, unknown or of the wrong type.
    pub bad_field: ErrorCode,
}

/// Reads a whole text as one value.
///
/// # Errors
/// If the text is not JSON, or a field is missing, unknown or of the wrong type. The error names
/// the field by its place in the file.
pub fn json<T: DeserializeOwned>(text: &str, kind: &FileKind) -> Result<T, InputError> {
    // Some editors begin a file with a byte order mark.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let what = kind.name;
    // Tracking the place costs more than reading, so it is done only after an error.
    if let Ok(value) = serde_json::from_str(text) {
        return Ok(value);
    }
    let no_json = |error: &serde_json::Error| {
        let why = if error.is_eof() {
            "it ends too early".to_owned()
        } else {
            error.to_string()
        };
        InputError::new(kind.not_json, what, text, why).because("isn't JSON")
    };
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let cause = error.inner();
        if !cause.is_data() {
            return no_json(cause);
        }
        let (place, value) = place(text, what, error.path());
        InputError::new(kind.bad_field, place, value, in_words(cause))
    })?;
    reader.end().map_err(|error| no_json(&error))?;
    Ok(value)
}

/// The place and the value of a path such as `phases[2].items[0].weight`, with ids in place of
/// numbers if there are any.
fn place(text: &str, what: &str, path: &serde_path_to_error::Path) -> (String, String) {
    use serde_path_to_error::Segment;
    let whole: Value = serde_json::from_str(text).unwrap_or_default();
    let mut here = &whole;
    let mut words: Vec<String> = vec![what.to_owned()];
    for segment in path {
        match segment {
            Segment::Seq { index } => {
                here = here.get(index).unwrap_or(&Value::Null);
                let list = words.pop().unwrap_or_default();
                let one = list.strip_suffix('s').unwrap_or(&list);
                words.push(match here.get("id").and_then(Value::as_str) {
                    Some(id) => format!("{one} {id}"),
                    None => format!("{one} {}", index + 1),
                });
            }
            Segment::Map { key } => {
                here = here.get(key).unwrap_or(&Value::Null);
                words.push(key.clone());
            }
            Segment::Enum { variant } => words.push(variant.clone()),
            Segment::Unknown => {}
        }
    }
    let value = here
        .as_str()
        .map_or_else(|| here.to_string(), str::to_owned);
    (words.join(", "), value)
}

/// An error of serde in plain words, without the place.
pub(crate) fn in_words(cause: &serde_json::Error) -> String {
    let said = cause.to_string().replace('`', "");
    let at = format!(" at line {} column {}", cause.line(), cause.column());
    let said = said.strip_suffix(&at).unwrap_or(&said);
    if let Some(field) = said.strip_prefix("missing field ") {
        return format!("the field {field} is missing");
    }
    if let Some(field) = said.strip_prefix("duplicate field ") {
        return format!("the field {field} appears twice");
    }
    match said.split_once(", expected ") {
        Some((what, fields)) if what.starts_with("unknown field ") => {
            let field = what.trim_start_matches("unknown field ");
            let fields = fields.trim_start_matches("one of ");
            format!("there is no field {field}; the fields are {fields}")
        }
        Some((what, expected))
            if ["unknown variant ", "invalid "]
                .iter()
                .any(|one| what.starts_with(one)) =>
        {
            let expected = match expected {
                "u32" | "u64" | "usize" => "a whole number, 0 or more",
                "i32" | "i64" => "a whole number",
                "f64" => "a number",
                "a string" => "text",
                "a sequence" => "a list",
                "a map" => "an object",
                _ if expected.starts_with("struct ") => "an object",
                _ => expected,
            };
            let is_quoted = what.starts_with("invalid type: string");
            let quotes = if is_quoted && expected.contains("number") {
                ", without quotation marks"
            } else {
                ""
            };
            format!("it must be {expected}{quotes}")
        }
        _ => said.to_owned(),
    }
}

/// A value that people write as text.
pub trait Written: Sized {
    /// Reads the text.
    ///
    /// # Errors
    /// The correct form, such as "enter year-month-day, such as 2027-01-04".
    fn read(text: &str) -> Result<Self, &'static str>;
}

impl Written for NaiveDate {
    fn read(text: &str) -> Result<Self, &'static str> {
        let plain = text.trim();
        let is_number = |(part, longest): (&str, usize)| {
            part.len() <= longest && part.bytes().all(|byte| byte.is_ascii_digit())
        };
        let parts: Vec<&str> = plain.split('-').collect();
        match parts[..] {
            [year, month, day]
                if year.len() == 4
                    && [(year, 4), (month, 2), (day, 2)].into_iter().all(is_number) =>
            {
                plain.parse().map_err(|_| "that day doesn't exist")
            }
            _ => Err("enter year-month-day, such as 2027-01-04"),
        }
    }
}

impl Written for DateTime<Utc> {
    fn read(text: &str) -> Result<Self, &'static str> {
        text.trim()
            .parse()
            .map_err(|_| "enter date, time and offset, such as 2027-01-04T19:00:00+01:00")
    }
}

impl Written for Weekday {
    fn read(text: &str) -> Result<Self, &'static str> {
        text.parse()
            .map_err(|_| "enter a day of the week, such as Mon")
    }
}

/// A field of a file with such a text.
struct Field<T>(T);

impl<'de, T: Written> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = Cow::<str>::deserialize(from)?;
        T::read(&text).map(Field).map_err(Error::custom)
    }
}

/// For serde's `deserialize_with`.
pub fn one<'de, T: Written, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    Field::deserialize(from).map(|field| field.0)
}

/// For an optional field.
pub fn maybe<'de, T: Written, D: Deserializer<'de>>(from: D) -> Result<Option<T>, D::Error> {
    let field = Option::<Field<T>>::deserialize(from)?;
    Ok(field.map(|field| field.0))
}

/// For an optional list.
pub fn maybe_all<'de, T: Written, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<Vec<T>>, D::Error> {
    let fields = Option::<Vec<Field<T>>>::deserialize(from)?;
    Ok(fields.map(|fields| fields.into_iter().map(|field| field.0).collect()))
}

/// For a list by id.
pub fn by_id<'de, T: Written, D: Deserializer<'de>>(
    from: D,
) -> Result<BTreeMap<String, T>, D::Error> {
    let fields = BTreeMap::<String, Field<T>>::deserialize(from)?;
    let plain = |(id, field): (String, Field<T>)| (id, field.0);
    Ok(fields.into_iter().map(plain).collect())
}
