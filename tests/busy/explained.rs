pub const REASONS: &[(&str, &str)] = &[];
