/** Runs with every test file: when it ends, nothing that was logged in it may have told a secret. */
import { afterAll, expect } from "vitest";
import { leaks } from "./logged.ts";

afterAll(() => expect(leaks()).toEqual([]));
