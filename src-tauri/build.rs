//! Tells Tauri which commands the page may call and where the capability lies.

include!("src/commands/all.rs");

/// The names of commands, without the modules that hold them.
macro_rules! names {
    ($($($part:ident)::+),+ $(,)?) => { &[$(last!($($part)::+)),+] };
}

macro_rules! last {
    ($last:ident) => { stringify!($last) };
    ($first:ident::$($rest:ident)::+) => { last!($($rest)::+) };
}

fn main() {
    println!("cargo:rerun-if-changed=src-tauri/src/commands/all.rs");
    println!("cargo:rerun-if-changed=src-tauri/capabilities");
    let commands = tauri_build::AppManifest::new().commands(with_commands!(names));
    let attributes = tauri_build::Attributes::new()
        .capabilities_path_pattern("./src-tauri/capabilities/**/*")
        .app_manifest(commands);
    if let Err(error) = tauri_build::try_build(attributes) {
        println!("cargo:warning=tauri-build: {error:#}");
        std::process::exit(1);
    }
}
