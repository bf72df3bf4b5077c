//! A plan that can't be opened: the window says why, and what to do.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Instant;

use waymark_core::envelope::Envelope;
use waymark_core::input_error::ErrorCode;
use waymark_desk::desk::Desk;

use crate::seen;
use crate::window::{Home, Result, Window};

/// Opens the plan once, so that it has a folder of its own, and makes a change, so that there is an
/// earlier copy.
pub fn has_an_earlier_copy(home: &Home) -> Result {
    let desk = Desk::open(&home.data_folder(), Instant::now())?;
    desk.keep(|document, now| Ok(document.seen_at(now)))?;
    Ok(())
}

pub fn puts_a_folder_in_its_place(home: &Home) -> Result {
    let plan = home.plan_file();
    fs::remove_file(&plan)?;
    fs::create_dir(&plan)?;
    fs::write(plan.join("notes.txt"), "mine")?;
    Ok(())
}

/// Makes the plan one that a later version of Waymark wrote, and returns its text.
pub fn makes_it_newer(home: &Home) -> Result<String> {
    let mut file: serde_json::Value = serde_json::from_str(&fs::read_to_string(home.plan_file())?)?;
    let document = &mut file["document"];
    document["version"] = 9999.into();
    let envelope = Envelope {
        what: "plan",
        format: "",
        version: 0,
        damaged: ErrorCode::PlanDamaged,
        newer: ErrorCode::PlanNewer,
    };
    let text = envelope.close(document)?;
    fs::write(home.plan_file(), &text)?;
    Ok(text)
}

pub async fn says_why(window: &Window, home: &Home, why: &str, advice: &str) -> Result {
    let page = window.text("#refused").await?.unwrap_or_default();
    let file = home.plan_file().display().to_string();
    for part in [why, advice, file.as_str()] {
        assert!(page.contains(part), "{part:?} is not in {page:?}");
        assert!(home.said().contains(part), "{part:?} is not in the log");
    }
    seen::is_accessible(window, "refused").await?;
    window.picture("70-refused").await
}

/// Puts a program in the place of the system's file manager, which notes the folder it is to show.
pub fn has_a_file_manager(home: &Home) -> Result {
    let program = home.path("bin").join("xdg-open");
    fs::create_dir_all(home.path("bin"))?;
    fs::write(
        &program,
        format!(
            "#!/bin/sh\necho \"$1\" > {}\n",
            home.path("shown").display()
        ),
    )?;
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755))?;
    Ok(())
}

pub async fn shows_the_folder(window: &Window, home: &Home) -> Result {
    click(window, "Show the folder").await?;
    window
        .until("the file manager was asked", async || {
            Ok(home.path("shown").exists())
        })
        .await?;
    window
        .until("the plan's folder is shown", async || {
            let shown = fs::read_to_string(home.path("shown"))?;
            Ok(home.plan_file().parent() == Some(Path::new(shown.trim())))
        })
        .await
}

pub async fn opens_the_earlier_copy(window: &Window, home: &Home) -> Result {
    window.find("#refused li button").await?.click().await?;
    window.is_drawn().await?;
    let notices: Vec<String> = window
        .get("[...document.querySelectorAll('[role=status]')].map((said) => said.textContent)")
        .await?;
    assert!(
        notices.iter().any(|notice| notice.contains("is kept as")),
        "{notices:?}"
    );
    let folder = home.plan_file().with_file_name("");
    let is_kept = fs::read_dir(folder)?
        .filter_map(std::result::Result::ok)
        .any(|entry| entry.path().join("notes.txt").exists());
    assert!(is_kept, "the folder that was in the way");
    Ok(())
}

pub async fn tries_again(window: &Window) -> Result {
    click(window, "Try again").await?;
    window.painted().await?;
    assert!(window.is("document.querySelector('#refused')").await?);
    Ok(())
}

/// Quits, and waits until no process of the app is left that would stop the next start.
pub async fn quits(window: Window, home: &Home) -> Result {
    assert!(home.is_running()?, "the test sees the running app");
    // The driver's session ends with the app, so its answer may be an error.
    let _ = click(&window, "Quit").await;
    window
        .until("the app has ended", async || Ok(!home.is_running()?))
        .await?;
    window.abandon()
}

async fn click(window: &Window, button: &str) -> Result {
    let find = format!(
        "[...document.querySelectorAll('#refused button')]\
         .find((button) => button.textContent.trim() === '{button}')"
    );
    window
        .page
        .execute(format!("{find}.click()"), vec![])
        .await?;
    Ok(())
}
