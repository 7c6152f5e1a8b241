"""What every page must be, whoever looks at it and with whatever."""

from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page, Request, Response

AXE = next(Path(axe_playwright_python.__file__).parent.glob("axe*.js")).read_text()
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WATCH = """window.__refused = [];
document.addEventListener('securitypolicyviolation',
    event => window.__refused.push([event.violatedDirective, event.blockedURI]))"""
# Chromium also says this of a page that answers 403 or 422, which is what the page should answer.
STATUS = "Failed to load resource"
WIDE, NARROW = 1280, 320  # 1280 at 400 % is 320
HEIGHT = 900
BAR = 100  # pixels: more than the bottom bar, under which axe would see nothing
# Of a long list axe looks at the first and the last: it takes seconds for hundreds of equal rows,
# which come from one template. Nothing is taken away for whoever looks afterwards.
THIN = """() => {
    const last = 3, first = 12;
    for (const list of document.querySelectorAll('tbody, ol, ul, dl, svg, g')) {
        const rows = [...list.children];
        if (rows.length <= first + last + 10) continue;
        for (const row of rows.slice(first, -last)) {
            row.dataset.thinned = row.style.display;
            row.style.setProperty('display', 'none', 'important');
        }
    }
}"""
THICKEN = """() => document.querySelectorAll('[data-thinned]').forEach(row => {
    row.style.display = row.dataset.thinned;
    row.removeAttribute('data-thinned');
})"""


class Watch:
    """Keeps what a page should never do: speak to others, fail in silence, break its policy."""

    def __init__(self, page: Page, home: str) -> None:
        self.page, self.home = page, home
        self.wrong: list[str] = []
        page.add_init_script(WATCH)
        page.on("console", lambda said: self.said(said.type, said.text))
        page.on("pageerror", lambda error: self.wrong.append(f"script: {error}"))
        page.on("request", self.asked)
        page.on("response", self.answered)

    def said(self, kind: str, text: str) -> None:
        """The console holds no error."""
        if kind == "error" and not text.startswith(STATUS):
            self.wrong.append(f"console: {text}")

    def asked(self, request: Request) -> None:
        """Nothing comes from elsewhere."""
        if not request.url.startswith((self.home, "data:")):
            self.wrong.append(f"elsewhere: {request.url}")

    def answered(self, response: Response) -> None:
        """Nothing breaks, and all that a page is made of is there; a form may be refused."""
        refuses = response.request.resource_type in ("document", "fetch")
        limit = 500 if refuses else 400
        if response.status >= limit:
            self.wrong.append(f"{response.status}: {response.url}")

    def found(self) -> list[str]:
        """All that was wrong until now, with what the browser refused on the last page."""
        refused = self.page.evaluate("window.__refused || []")
        return self.wrong + [f"refused: {one}" for one in refused]


def faults(page: Page) -> list[str]:
    """What axe finds wrong, in short."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate(
        "levels => axe.run(document, {runOnly: {type: 'tag', values: levels},"
        " resultTypes: ['violations']})",
        LEVELS,
    )
    return [f"{v['id']}: {[n['target'] for n in v['nodes']][:3]}" for v in found["violations"]]


def scrolls_sideways(page: Page) -> bool:
    """Whether the page is wider than the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def shortcomings(page: Page, language: str, *judged: int) -> list[str]:
    """What is wrong with the page that is shown, at both widths; axe judges those in ``judged``."""
    found = []
    if page.locator("html").get_attribute("lang") != language:
        found.append("its language is not said")
    if page.locator("h1").count() != 1:
        found.append(f"{page.locator('h1').count()} first headings")
    if not page.title().strip():
        found.append("no title")
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": HEIGHT})
        if scrolls_sideways(page):
            found.append(f"scrolls sideways at {width}")
        if width in judged:
            found += faults_at(page, width)
    return found


def faults_at(page: Page, width: int) -> list[str]:
    """What axe finds wrong in a window as high as the page, so that it sees all of it at once.

    A window of tens of thousands of pixels takes the browser seconds to paint.
    """
    page.evaluate(THIN)
    page.set_viewport_size({"width": width, "height": HEIGHT})
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": height + BAR})
    found = faults(page)
    page.evaluate(THICKEN)
    page.set_viewport_size({"width": width, "height": HEIGHT})
    return found
