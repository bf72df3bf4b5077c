//! Damage by a seed: to the bytes of a file, or to the values of its JSON.

use serde_json::{Map, Value, json};

/// Numbers by a seed (xorshift, Marsaglia 2003).
pub struct Numbers(pub u64);

impl Numbers {
    pub fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(most.max(1)).unwrap()).unwrap()
    }
}

/// The bytes after one to four kinds of damage.
pub fn damaged(bytes: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=numbers.below(4) {
        let at = numbers.below(bytes.len());
        let length = numbers.below(40).min(bytes.len() - at);
        match numbers.below(6) {
            0 => bytes[at] ^= 1 << numbers.below(8),
            1 => bytes.truncate(at),
            2 => drop(bytes.drain(at..at + length)),
            3 => {
                let part = bytes[at..at + length].to_vec();
                bytes.splice(at..at, part);
            }
            _ => bytes = with_other_values(&bytes, numbers),
        }
        if bytes.is_empty() {
            break;
        }
    }
    bytes
}

/// JSON with one value replaced; other bytes as they are.
fn with_other_values(bytes: &[u8], numbers: &mut Numbers) -> Vec<u8> {
    let Ok(mut value) = serde_json::from_slice::<Value>(bytes) else {
        return bytes.to_vec();
    };
    replace(&mut value, numbers);
    value.to_string().into_bytes()
}

fn replace(value: &mut Value, numbers: &mut Numbers) {
    // Mostly deeper, since the interesting values are at the leaves.
    let goes_on = numbers.below(8) > 0;
    match value {
        Value::Object(fields) if goes_on && !fields.is_empty() => {
            let at = numbers.below(fields.len());
            if numbers.below(10) == 0 {
                let name = fields.keys().nth(at).cloned().unwrap_or_default();
                let gone = fields.remove(&name);
                if numbers.below(2) == 0 {
                    fields.insert(format!("{name}s"), gone.unwrap_or_default());
                }
                return;
            }
            if let Some((_, inner)) = fields.iter_mut().nth(at) {
                replace(inner, numbers);
            }
        }
        Value::Array(list) if goes_on && !list.is_empty() => {
            let at = numbers.below(list.len());
            match numbers.below(10) {
                0 => drop(list.remove(at)),
                1 => list.push(list[at].clone()),
                _ => replace(&mut list[at], numbers),
            }
        }
        value => *value = hostile(numbers),
    }
}

fn hostile(numbers: &mut Numbers) -> Value {
    let values = [
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(1),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(1e308),
        json!(-0.0),
        json!(0.1),
        json!(4_294_967_296_u64),
        json!(""),
        json!("python"),
        json!("\u{0}\u{1b}[2J\u{202e}"),
        json!("9999-12-31"),
        json!("2027-03-28T02:30"),
        json!("2027-01-04T18:00:00Z"),
        json!("-262143-01-01T00:00:00Z"),
        json!("24:00"),
        json!("Europe/Berlin"),
        json!("Mars/Olympus"),
        json!("eJwDAAAAAAE"),
        json!([]),
        json!(["python", "python"]),
        Value::Object(Map::new()),
        Value::String("x".repeat(3_000)),
        json!([[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]),
    ];
    values[numbers.below(values.len())].clone()
}
