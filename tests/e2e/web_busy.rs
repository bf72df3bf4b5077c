//! Busy times from a calendar that is published at a private address.

use crate::availability::says;
use crate::published::{Published, SECRET, answer, calendar};
use crate::seen;
use crate::window::{Home, Result, Window};

pub async fn reads_a_published_calendar(window: &Window, home: &Home) -> Result {
    let published = Published::new(answer("200 OK", &calendar(&["20270105", "20270107"])));
    window.find("#open-setup").await?.click().await?;
    let add = window.find("#add-web-address").await?;
    add.scroll_into_view().await?;
    add.click().await?;
    window.type_over("#web-name", "Choir").await?;
    window
        .fill("#web-address", &format!("http://example.org/{SECRET}"))
        .await?;
    says(window, "#web-report", "without https").await?;
    seen::is_accessible(window, "an address that can't be used").await?;
    window.fill("#web-address", &published.typed()).await?;
    says(window, "#web-calendars", "Choir, 127.0.0.1: 2 busy times").await?;
    says(window, "#web-report", "keyring cannot keep").await?;
    seen::is_accessible(window, "a published calendar").await?;
    window.picture("76-published-calendar").await?;

    // The busy times stay when the calendar can't be read again.
    published.answers(answer("404 Not Found", ""));
    window.find("#web-calendars button").await?.click().await?;
    says(window, "#web-report", "has no calendar at this address").await?;
    says(window, "#web-calendars", "Choir, 127.0.0.1: 2 busy times").await?;
    let shown = format!("document.documentElement.outerHTML.includes('{SECRET}')");
    assert!(!window.is(&shown).await?, "the address is in the page");
    for (path, bytes) in home.files()? {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(SECRET), "the address is in {path:?}");
    }
    assert!(!home.said().contains(SECRET), "the address is in the log");

    window
        .find("#web-calendars button + button")
        .await?
        .click()
        .await?;
    window
        .until("the calendar is removed", async || {
            Ok(window.text("#web-calendars").await?.is_none())
        })
        .await
}
