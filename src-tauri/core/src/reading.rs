//! Reading JSON that a person wrote, with errors that name the place by its ids.

use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::problem::Problem;

/// Reads a whole text as one value.
///
/// # Errors
/// The first code where it is no JSON, the second where a field is not as it must be; the problem's field is `what` and the place in it.
pub fn json<T: DeserializeOwned>(
    text: &str,
    what: &str,
    (not_json, field): (&'static str, &'static str),
) -> Result<T, Problem> {
    let no_json = |error: &serde_json::Error| {
        Problem::new(not_json, what, text, format!("it is not JSON: {error}"))
    };
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let cause = error.inner();
        if !cause.is_data() {
            return no_json(cause);
        }
        let (place, value) = place(text, what, error.path());
        let cause = cause
            .to_string()
            .replace("expected f64", "expected a number");
        Problem::new(field, place, value, cause)
    })?;
    reader.end().map_err(|error| no_json(&error))?;
    Ok(value)
}

/// `phases[2].items[0].weight` in words a person can find again, by id where there is one, and what stands there.
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
