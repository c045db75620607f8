// The system's Chromium, driven by Playwright.
import { chromium } from "playwright-core";
import { ENVIRONMENT, EXECUTABLE, FLAGS } from "./launch-options.mjs";

export const launch = () => chromium.launch({ executablePath: EXECUTABLE, args: FLAGS, env: ENVIRONMENT });
