/**
 * Opens a dialog over the window while it is there. It is closed before it is removed, so that the
 * focus returns to where it was.
 */
export function modal(dialog: HTMLDialogElement): () => void {
  dialog.showModal();
  return () => dialog.close();
}
