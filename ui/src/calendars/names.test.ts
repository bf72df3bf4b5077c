import { expect, test } from "vitest";
import type { Calendar, ExportOptions } from "../bridge";
import { freeName, hostOf, wayOf } from "./names";

const called = (name: string): Calendar => ({
  id: name,
  name,
  way: { kind: "files" },
  wasExported: false,
  autoSync: false,
  trouble: null,
  upload: null,
  options: {} as ExportOptions,
});

test("a name that is taken gets a number", () => {
  expect(freeName("MLOps", [])).toBe("MLOps");
  expect(freeName("MLOps", [called("MLOps"), called("MLOps 3")])).toBe("MLOps 2");
  expect(freeName("MLOps", [called("MLOps"), called("MLOps 2")])).toBe("MLOps 3");
});

test("a server is named by its host", () => {
  expect(hostOf("caldav.icloud.com")).toBe("caldav.icloud.com");
  expect(hostOf(" https://cloud.example.org:8443/dav/ ")).toBe("cloud.example.org:8443");
  const way = { kind: "server", address: "http://127.0.0.1:5232", user: "ana", calendar: "" };
  expect(wayOf({ ...way, kind: "server" })).toBe("On 127.0.0.1:5232");
});
