import { expect, test } from "vitest";
import { page } from "vitest/browser";
import { render } from "vitest-browser-svelte";
import type { InputError, Login } from "../bridge";
import { FakeCore } from "../fixtures/core";
import GoogleSignIn from "./GoogleSignIn.svelte";

const cancelled: InputError = {
  code: "sign-in",
  field: "",
  value: "",
  message: "The sign-in was cancelled.",
};

/** A core whose browser comes back when the test says so, or when the sign-in is cancelled. */
function browser() {
  let end: (error: InputError | null) => void = () => undefined;
  const core = new FakeCore()
    .on(
      "sign_in",
      () =>
        new Promise((resolve, reject: (error: InputError) => void) => {
          end = (error) => {
            if (error) reject(error);
            else resolve(null);
          };
        }),
    )
    .on("cancel_sign_in", () => {
      end(cancelled);
    });
  return { core, comesBack: () => end(null) };
}

const asked = (core: FakeCore, command: string) =>
  core.asked.filter((it) => it.command === command);

test("a sign-in sends what was typed, and goes on when the browser is back", async () => {
  const { core, comesBack } = browser();
  const done: Login[] = [];
  const onsignedin = (login: Login) => {
    done.push(login);
    return Promise.resolve(null);
  };
  await render(GoogleSignIn, { login: null, onsignedin });
  const button = page.getByRole("button", { name: "Sign in with Google…" });
  await expect.element(button).toBeDisabled();
  await page.getByLabelText("Your email address at Google").fill(" ana@gmail.com ");
  await page.getByLabelText("Client id").fill("1-a.apps.googleusercontent.com");
  await page.getByLabelText("Client secret").fill("GOCSPX-1");
  await button.click();
  await expect.element(page.getByText("Waymark waits here")).toBeVisible();
  const login = { address: "google", user: "ana@gmail.com" };
  expect(asked(core, "sign_in")[0]?.args).toEqual({
    login,
    client: { id: "1-a.apps.googleusercontent.com", secret: "GOCSPX-1" },
  });
  comesBack();
  await expect.element(button).toBeVisible();
  expect(done).toEqual([login]);
});

test("a cancelled sign-in says so, and can be begun again", async () => {
  const { core } = browser();
  const login = { address: "google", user: "ana@gmail.com" };
  const onsignedin = () => Promise.resolve(null);
  await render(GoogleSignIn, { login, onsignedin });
  const button = page.getByRole("button", { name: "Sign in with Google…" });
  await button.click();
  expect(asked(core, "sign_in")[0]?.args).toEqual({ login, client: null });
  await page.getByRole("button", { name: "Cancel the sign-in" }).click();
  await expect.element(page.getByText("The sign-in was cancelled.")).toBeVisible();
  await expect.element(page.getByLabelText("Client id")).not.toBeInTheDocument();
  await expect.element(button).toBeVisible();
});

test("the client is asked for if that of the last sign-in isn't known any more", async () => {
  const unknown: InputError = { ...cancelled, code: "sign-in-needed", message: "Enter both." };
  new FakeCore().on("sign_in", () => Promise.reject(unknown));
  const login = { address: "google", user: "ana@gmail.com" };
  const onsignedin = () => Promise.resolve(null);
  await render(GoogleSignIn, { login, onsignedin });
  await page.getByRole("button", { name: "Sign in with Google…" }).click();
  await expect.element(page.getByLabelText("Client id")).toBeVisible();
});

test("another client can be given than that of the last sign-in", async () => {
  const { core } = browser();
  const login = { address: "google", user: "ana@gmail.com" };
  const onsignedin = () => Promise.resolve(null);
  await render(GoogleSignIn, { login, onsignedin });
  await page.getByRole("button", { name: "Use another client" }).click();
  await expect.element(page.getByLabelText("Client id")).toHaveFocus();
  await page.getByLabelText("Client id").fill("2-b.apps.googleusercontent.com");
  await page.getByLabelText("Client secret").fill("GOCSPX-2");
  await page.getByRole("button", { name: "Sign in with Google…" }).click();
  expect(asked(core, "sign_in")[0]?.args).toEqual({
    login,
    client: { id: "2-b.apps.googleusercontent.com", secret: "GOCSPX-2" },
  });
});

test("a sign-in that nobody waits for is ended", async () => {
  const { core } = browser();
  const login = { address: "google", user: "ana@gmail.com" };
  const onsignedin = () => Promise.resolve(null);
  const { unmount } = await render(GoogleSignIn, { login, onsignedin });
  await page.getByRole("button", { name: "Sign in with Google…" }).click();
  await unmount();
  expect(asked(core, "cancel_sign_in")).toHaveLength(1);
});
