//! The window shows the app's own page and nothing else.

use tauri::plugin::{self, TauriPlugin};
use tauri::{Runtime, Url};

/// Refuses to leave the app's own page, whoever asks: a link, a script, a file that is dropped.
pub fn guard<R: Runtime>() -> TauriPlugin<R> {
    plugin::Builder::new("navigation")
        .on_navigation(|_, url| is_own_page(url))
        .build()
}

/// Whether this is the page that comes with the app; while it is developed, Vite serves it.
fn is_own_page(url: &Url) -> bool {
    let is_own = match url.scheme() {
        // Linux and macOS have a scheme of the app's own, Windows a host.
        "tauri" => url.host_str() == Some("localhost"),
        "http" | "https" => url.host_str() == Some("tauri.localhost"),
        _ => false,
    };
    let is_served = tauri::is_dev()
        && url.scheme() == "http"
        && url.host_str() == Some("localhost")
        && url.port() == Some(1420);
    is_served || is_own && url.port().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_apps_own_page_is_shown() {
        let is_shown = |url: &str| is_own_page(&url.parse().unwrap());
        for own in [
            "tauri://localhost",
            "tauri://localhost/index.html#plan",
            "http://tauri.localhost/",
        ] {
            assert!(is_shown(own), "{own}");
        }
        for other in [
            "https://example.org/",
            "http://localhost/",
            "http://tauri.localhost:8080/",
            "http://tauri.localhost.example.org/",
            "http://ipc.localhost/open",
            "tauri://example.org/",
            "tauri://localhost:1/",
            "https://user@example.org/tauri.localhost",
            "file:///etc/passwd",
            "data:text/html,<script>1</script>",
            "blob:tauri://localhost/1",
            "javascript:alert(1)",
            "about:blank",
        ] {
            assert!(!is_shown(other), "{other}");
        }
        // Only while the page is developed.
        assert_eq!(is_shown("http://localhost:1420/"), tauri::is_dev());
    }
}
