"""The shell of the gallery: seven places, changes in every month."""

from datetime import date

from verband.ui.component import Link
from verband.ui.shell import NavItem, ShellFacts


def facts(request):
    """What the site would tell."""
    changes = {
        date(year, month, 1): (year * 7 + month * 5) % 9 + (12 if month == 1 else 0)
        for year in range(2012, 2019)
        for month in range(1, 13)
        if (year, month) < (2018, 9)
    }
    names = ("Vandaag", "Register", "Kaart", "Raadplegingen", "Vergaderingen", "Dossiers", "Agenda")
    paths = ("/", "/register/", "/map/", "/forms/", "/words/", "/empty/", "/body/")
    reading = request.reading
    return ShellFacts(
        nav=tuple(NavItem(n, p) for n, p in zip(names, paths, strict=True)),
        bar=(
            NavItem("Vandaag", "/", "person"),
            NavItem("Stemmen", "/forms/", "tick"),
            NavItem("Tafels", "/body/", "calendar"),
            NavItem("Inbreng", "/words/", "paper"),
            NavItem("Menu", "#menu", "menu"),
        ),
        search="/register/",
        actor=NavItem("wethouder, Tilburg", "/words/"),
        changes=changes,
        previous=date(2017, 10, 27) if reading.is_today else date(2016, 2, 1),
        next=date(2017, 11, 1) if reading.is_today else date(2016, 4, 1),
        day_fact="Toen telde de vereniging 390 gemeenten." if reading.is_past else "",
        compare="/register/",
        footer="Voorbeelddata. Personen zijn verzonnen en staan alleen met hun functie genoemd.",
        footer_links=(Link("Toegankelijkheid", "/words/"), Link("Open data", "/words/")),
    )


class Someone:
    """Who acts in the gallery."""

    key, label = "account:1", "wethouder, Tilburg"


class SignedIn:
    """Middleware: somebody acts."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        """Everybody is the same person here."""
        request.actor = Someone()
        return self.get_response(request)
