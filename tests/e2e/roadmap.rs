//! The roadmap's editor, an outline that becomes the roadmap, and a link.

use std::fs;

use thirtyfour::prelude::*;
use waymark_core::plan::Change;
use waymark_core::plan::change::SetEffort;

use crate::expected;
use crate::seen;
use crate::window::{Home, Result, Window};

/// A roadmap with two lines that are understood in another way than they are meant.
const OUTLINE: &str = "# Baking\n\n## Phase 1: Bread\n- Flour\n- Yeast\n- Ask a baker\n\n\
                       ## Phase 2: Cake\n- Sponge\n- Icing\n";

pub async fn edits_an_effort_by_keys(window: &Window) -> Result {
    window.press(&[], '5').await?;
    window
        .find("#roadmap [data-row='python']")
        .await?
        .click()
        .await?;
    window.press(&[], 'e').await?;
    window
        .until("the field of the effort has the focus", async || {
            window
                .is("document.activeElement?.id === 'edit-effort'")
                .await
        })
        .await?;
    let keys = window.page.action_chain().send_keys("100h");
    keys.send_keys(Key::Enter.value().to_string())
        .perform()
        .await?;
    let effort = Change::Effort(SetEffort {
        item: "python".into(),
        value: "100h".into(),
    });
    seen::shows(window, &expected::after(&[effort])?).await?;
    seen::is_accessible(window, "the roadmap's editor").await?;
    window.picture("90-editor").await?;
    window.find("#undo").await?.click().await?;
    seen::shows(window, &expected::after(&[])?).await
}

pub async fn pastes_an_outline_and_undoes_it(window: &Window, home: &Home) -> Result {
    let kept = fs::read(home.plan_file())?;
    window.find("#paste-outline").await?.click().await?;
    // A line break as text isn't typed.
    let typed = OUTLINE.replace('\n', &Key::Enter.value().to_string());
    window.find("#paste-text").await?.send_keys(typed).await?;
    summed_up(window, "2 phases, 5 items").await?;
    window.find("#paste-edit").await?.click().await?;
    let line = |text: &str| format!("#paste [aria-label^='- {text}']");
    window.find(&line("Ask a baker")).await?.click().await?;
    window.press(&[], 'n').await?;
    summed_up(window, "2 phases, 4 items").await?;
    window.find(&line("Icing")).await?.click().await?;
    window.press(&[], 'o').await?;
    window.find("#paste li.optional").await?;
    seen::is_accessible(window, "an outline").await?;
    window.picture("91-outline").await?;
    assert_eq!(fs::read(home.plan_file())?, kept, "the plan was touched");

    window.find("#paste-use").await?.click().await?;
    titled(window, "Baking").await?;
    window.find("#undo").await?.click().await?;
    titled(window, "MLOps").await?;
    seen::shows(window, &expected::after(&[])?).await
}

/// Renames an item, moves it to the end of its phase, and removes another one.
pub async fn edits_it_as_text_and_undoes_it(window: &Window, home: &Home) -> Result {
    let kept = fs::read(home.plan_file())?;
    window.find("#edit-text").await?.click().await?;
    window
        .until("the text is there", async || {
            window
                .is("document.querySelector('#text-box')?.value.startsWith('# MLOps')")
                .await
        })
        .await?;
    window
        .page
        .execute(
            "const box = document.querySelector('#text-box');
             const lines = box.value.split('\\n');
             const part = (id) => {
               const from = lines.findIndex((line) => line.endsWith(` ^${id}`));
               let to = from + 1;
               while (lines[to].startsWith('  ')) to += 1;
               return lines.splice(from, to - from);
             };
             const python = part('python');
             python[0] = python[0].replace('Python', 'Python 3');
             part('git');
             const second = lines.findIndex((line, at) =>
               line.startsWith('## ') && lines.slice(0, at).some((each) => each.startsWith('## ')));
             lines.splice(second - 1, 0, ...python);
             box.value = lines.join('\\n');
             box.dispatchEvent(new Event('input', { bubbles: true }));",
            Vec::new(),
        )
        .await?;
    tells_the_changes(window).await?;
    // Another view, and back: the edits are still there.
    window.find("#view-week").await?.click().await?;
    window.find("#week").await?;
    window.find("#view-roadmap").await?.click().await?;
    tells_the_changes(window).await?;
    seen::is_accessible(window, "the roadmap as text").await?;
    window.picture("92-roadmap-text").await?;
    assert_eq!(fs::read(home.plan_file())?, kept, "the plan was touched");

    window.find("#text-apply").await?.click().await?;
    let has = async |id: &str| {
        window
            .is(&format!(
                "document.querySelector(\"#roadmap [data-row='{id}']\") !== null"
            ))
            .await
    };
    window
        .until("git is removed", async || {
            Ok(has("python").await? && !has("git").await?)
        })
        .await?;
    let title = window.text("#roadmap [data-row='python'] .title").await?;
    assert_eq!(title.as_deref(), Some("Python 3"));
    window.find("#undo").await?.click().await?;
    window
        .until("git is back", async || has("git").await)
        .await?;
    seen::shows(window, &expected::after(&[])?).await
}

async fn tells_the_changes(window: &Window) -> Result {
    window
        .until("the changes are shown", async || {
            let sum = window.text("#roadmap-text .sum").await?.unwrap_or_default();
            Ok(sum.contains("1 renamed") && sum.contains("1 moved") && sum.contains("1 removed"))
        })
        .await
}

/// Copies the roadmap as text, and pastes it as an outline.
pub async fn copies_it_as_text(window: &Window) -> Result {
    window.find("#share-roadmap").await?.click().await?;
    window
        .until("the text is read", async || {
            window
                .is("document.querySelector('#share-copy')?.disabled === false")
                .await
        })
        .await?;
    window.find("#share-copy").await?.click().await?;
    let said = "The roadmap is on the clipboard as text.";
    window
        .until(said, async || {
            Ok(window.text("#notice").await?.as_deref() == Some(said))
        })
        .await?;
    window.find("#paste-outline").await?.click().await?;
    let text = window.find("#paste-text").await?;
    text.send_keys(Key::Control + "v").await?;
    summed_up(window, "11 phases, 67 items, 44 weeks").await?;
    window.find("#paste-cancel").await?.click().await?;
    window.find("#share-roadmap").await?;
    Ok(())
}

pub async fn follows_a_link(window: &Window, home: &Home) -> Result {
    window
        .find("#roadmap [data-row='python']")
        .await?
        .click()
        .await?;
    window.find("#item-links-edit").await?.click().await?;
    let address = "https://example.org/handbook";
    let text = window.find("#item-links-text").await?;
    text.send_keys(&format!("Handbook: {address}")).await?;
    window.find("#item-links-save").await?.click().await?;
    window.find("#item-links .title").await?.click().await?;
    let shown = window.text("#item-links .asked .address").await?;
    assert_eq!(shown.as_deref(), Some(address));
    assert!(!home.path("shown").exists(), "it was opened unasked");
    window
        .find("#item-links .asked button")
        .await?
        .click()
        .await?;
    window
        .until("the address is opened", async || {
            let opened = fs::read_to_string(home.path("shown")).unwrap_or_default();
            Ok(opened.trim() == address)
        })
        .await
}

async fn summed_up(window: &Window, start: &str) -> Result {
    window
        .until(&format!("the outline has {start}"), async || {
            let sum = window.text("#paste .sum").await?.unwrap_or_default();
            Ok(sum.starts_with(start))
        })
        .await
}

async fn titled(window: &Window, start: &str) -> Result {
    window
        .until(&format!("the roadmap is {start}"), async || {
            let title = window.text("#plan-switch").await?.unwrap_or_default();
            Ok(title.starts_with(start))
        })
        .await
}
