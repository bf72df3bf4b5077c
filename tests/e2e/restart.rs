//! Data that outlives a run: the plan, the settings, and the bytes of a damaged plan.

use crate::expected;
use crate::seen;
use crate::window::{Home, Result, Window};

pub async fn is_as_it_was_left(window: &Window) -> Result {
    window.picture("14-restarted").await?;
    seen::has_value(window, "#hours-field", "20").await?;
    seen::shows(window, &expected::with_hours("20")?).await?;
    assert!(seen::is_folded(window).await?, "the fold after the restart");
    assert!(seen::is_dark(window).await?, "the theme after the restart");
    Ok(())
}

/// Cuts the plan file as a crash of another program might, and gives what is left of it.
pub fn damage_the_plan(home: &Home) -> Result<Vec<u8>> {
    let mut damaged = std::fs::read(home.plan_file())?;
    damaged.truncate(damaged.len() / 2);
    damaged.extend(b"\x00\xff");
    std::fs::write(home.plan_file(), &damaged)?;
    Ok(damaged)
}

pub async fn tells_of_the_damage_and_keeps_it(
    window: &Window,
    home: &Home,
    damaged: &[u8],
) -> Result {
    window
        .until("a notice tells of the damaged plan", async || {
            let said: Vec<String> = window
                .get("[...document.querySelectorAll('[role=status]')].map((said) => said.textContent)")
                .await?;
            Ok(said.iter().any(|text| text.contains("damaged")))
        })
        .await?;
    window.picture("15-damaged-plan").await?;
    // The copy that stands in is one change older, and the hours were not the last change.
    seen::has_value(window, "#hours-field", "20").await?;
    let is_aside = home
        .files()?
        .iter()
        .any(|(path, bytes)| *path != home.plan_file() && bytes == damaged);
    assert!(is_aside, "the damaged bytes are not kept aside");
    Ok(())
}
