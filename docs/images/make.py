"""Make the pictures of the README from a running demo, so that they stay true.

    ./verband demo                                 # in another window
    .venv/bin/python docs/images/make.py           # or with another address after it

Needs the environment of ``./verband test`` and a Chromium.
"""

import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from verband.site.launch.chromium import find_or_install

HERE = Path(__file__).parent
WIDE, HIGH = 1280, 800
PICTURES = {
    "home-en": "/en/?on=2017-10-30",
    "home-nl": "/?on=2017-10-30",
    "body-en": "/en/register/expertiseteam-klimaat-energie/?on=2017-10-30",
    "body-nl": "/register/expertiseteam-klimaat-energie/?on=2017-10-30",
}


def main(address: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(find_or_install()), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": WIDE, "height": HIGH})
        for name, path in PICTURES.items():
            answer = page.goto(address + path)
            if answer is None or not answer.ok:
                raise SystemExit(f"{address}{path} does not answer.")
            page.screenshot(path=HERE / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/") if len(sys.argv) > 1 else "http://localhost:8000")
