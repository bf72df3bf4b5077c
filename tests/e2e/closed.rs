//! The window goes nowhere and calls nobody.

use std::io::Read;
use std::net::{Ipv4Addr, TcpListener};
use std::time::Duration;

use crate::window::{Result, Window};

/// Neither a link nor a script leads the window away, and nothing opens another one.
pub async fn stays_on_its_own_page(window: &Window) -> Result {
    let elsewhere = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    elsewhere.set_nonblocking(true)?;
    let address = format!("http://{}/", elsewhere.local_addr()?);
    let own: String = window.get("location.href").await?;
    for way in [
        format!("location.href = '{address}'"),
        format!("location.replace('{address}')"),
        format!("const link = document.createElement('a'); link.href = '{address}'; link.click()"),
        format!(
            "const link = document.createElement('a'); link.href = '{address}'; \
             link.target = '_blank'; link.click()"
        ),
        format!("window.open('{address}')"),
        "location.href = 'data:text/html,elsewhere'".to_owned(),
        "location.href = 'file:///etc/hostname'".to_owned(),
    ] {
        window.page.execute(way.clone(), vec![]).await?;
        tokio::time::sleep(Duration::from_millis(100)).await;
        window.painted().await?;
        let now: String = window.get("location.href").await?;
        assert_eq!(now, own, "after {way}");
        // WebKit may connect ahead of its decision, but must not ask for anything.
        if let Ok((mut stream, _)) = elsewhere.accept() {
            stream.set_read_timeout(Some(Duration::from_millis(100)))?;
            let mut asked = [0];
            let count = stream.read(&mut asked).unwrap_or(0);
            assert_eq!(count, 0, "{way} asked the other server");
        }
        assert_eq!(window.page.windows().await?.len(), 1, "windows after {way}");
    }
    assert!(
        window
            .is("document.querySelector('#app').dataset.drawn")
            .await?
    );
    Ok(())
}
