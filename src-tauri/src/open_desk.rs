//! The open plan as an argument of a command.

use std::ops::Deref;
use std::sync::Arc;

use tauri::ipc::{CommandArg, CommandItem, InvokeError};
use tauri::{Manager, Runtime};
use waymark_desk::desk::Desk;
use waymark_desk::desks::Desks;

/// The plan that was open when the command began. The command keeps it if the window opens another
/// one in the meantime.
pub struct OpenDesk(Arc<Desk>);

impl Deref for OpenDesk {
    type Target = Desk;

    fn deref(&self) -> &Desk {
        &self.0
    }
}

impl<'de, R: Runtime> CommandArg<'de, R> for OpenDesk {
    fn from_command(command: CommandItem<'de, R>) -> Result<Self, InvokeError> {
        let desks = command.message.webview_ref().try_state::<Desks>();
        let desks = desks.ok_or_else(|| InvokeError::from("no plan is open"))?;
        Ok(Self(desks.desk()))
    }
}
