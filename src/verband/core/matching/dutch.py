"""Dutch for an association of municipalities: what the stemmer gets wrong and what means the same.

All of it is data, made for this project; an association with another language or domain brings its
own ``Language``. The stemmer is the Snowball algorithm that was called "dutch" until 2025 and is
"dutch_porter" since; its successor joins *gemeente* with *menen* and parts *gemeentelijk* from
*gemeente*, and PostgreSQL and Python would disagree unless the name is pinned.
"""

# Words without meaning of their own: articles, pronouns, prepositions, auxiliaries.
_FUNCTION_WORDS = """
    aan achter al alle alleen als alsmede ander andere anders bij binnen boven buiten daar daarbij
    daardoor daarmee daarna daarom daarvan daarvoor dan dat de deze die dit doch door dus echter een
    eens elk elke en enige enkele er ervan ervoor eveneens geen geweest gaan gaat graag haar had
    hadden heb hebben hebt heeft heel hen het hier hierbij hierin hiermee hiervan hij hoe hoewel hun
    iedere iemand iets ik in indien is ja je jij jou jouw jullie kan kon konden kunnen langs maar me
    mede meer meest men met mij mijn moest moet moeten mogen na naar naast namelijk niet niets nog
    nu of om omdat onder ons onze onder ook op over per reeds samen sinds sommige soms steeds straks
    te tegen ten tenzij ter terwijl tijdens tot tussen uit uw van vanaf vanuit veel via vol volgens
    voor vooral voordat waar waarbij waardoor waarin waarmee waarom waarvan wanneer was wat we weer
    wegens wel welk welke werd werden wie wij wil willen word worden wordt zal zeer zelf zich zij
    zijn zo zoals zodat zonder zou zouden zowel zullen
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())

# Words that nearly every text of such an association holds; they carry no signal here.
_DOMAIN_STOP_WORDS = """
    gemeente gemeenten gemeentelijk gemeentelijke raad raden regio regios regionaal regionale vng
    vereniging verenigingen nederland nederlands nederlandse
"""
DOMAIN_STOP_WORDS = frozenset(_DOMAIN_STOP_WORDS.split())

# Word -> stem, where the stemmer joins what is different or parts what belongs together.
PROTECTED = {
    "weten": "weten",  # to know; the stemmer gives "wet", a law
    "weet": "weten",
    "wist": "weten",
    "leden": "lid",
    "steden": "stad",
    "stedelijk": "stad",
    "stedelijke": "stad",
    "plannen": "plan",
    "planning": "plan",
    "bussen": "bus",
    "huizen": "huis",
    "schepen": "schip",
    "inkomens": "inkom",
    "culturele": "cultur",
    "financien": "financ",
    "financieel": "financ",
    "financiele": "financ",
    "handelen": "handelen",  # to act; the stemmer gives "handel", trade
    "kinderen": "kind",
    "ouderen": "ouderen",  # the elderly; the stemmer gives "ouder", a parent
    "jongeren": "jeugd",
    "veiligheid": "veilig",
    "ruimte": "ruimtelijk",
    "digitaal": "digital",
    "digitalisering": "digital",
}

# Each line is one notion; any of its words or phrases finds the others.
SYNONYMS = (
    ("jeugdzorg", "jeugdhulp", "jeugdwet", "jeugdbescherming"),
    ("wmo", "maatschappelijke ondersteuning", "huishoudelijke hulp", "thuiszorg"),
    ("woningbouw", "huisvesting", "wonen", "woningen", "woning", "volkshuisvesting"),
    ("vluchtelingen", "asielzoekers", "statushouders", "asiel", "vergunninghouders"),
    ("participatiewet", "bijstand", "sociale zekerheid", "re integratie"),
    ("schulden", "schuldhulpverlening", "armoede"),
    ("energietransitie", "duurzame energie", "warmtetransitie", "aardgasvrij"),
    ("klimaat", "klimaatadaptatie", "wateroverlast", "hittestress"),
    ("omgevingswet", "ruimtelijke ordening", "bestemmingsplan", "omgevingsvisie"),
    ("mobiliteit", "verkeer", "vervoer", "bereikbaarheid"),
    ("krimp", "krimpgebieden", "bevolkingsdaling", "krimpregio"),
    ("afval", "huisvuil", "afvalinzameling", "grondstoffen"),
    ("ict", "informatievoorziening", "digitalisering", "gegevens", "informatisering"),
    ("gemeentefonds", "algemene uitkering", "financiele verhoudingen", "financiele verhouding"),
    ("ozb", "onroerendezaakbelasting", "lokale belastingen", "belastinggebied"),
    ("ondermijning", "georganiseerde criminaliteit", "drugscriminaliteit"),
    ("coffeeshops", "softdrugs", "wietteelt", "cannabis"),
    ("verwarde personen", "personen met verward gedrag", "psychische problemen"),
    ("ouderen", "vergrijzing", "senioren"),
    ("onderwijs", "scholen", "leerlingen"),
    ("kinderopvang", "peuterspeelzaal", "voorschool"),
    ("laaggeletterdheid", "taalachterstand", "basisvaardigheden"),
    ("arbeidsmarkt", "werkgelegenheid", "banen", "werkzoekenden"),
    ("cao", "arbeidsvoorwaarden", "rechtspositie"),
    ("raadsleden", "volksvertegenwoordigers", "gemeenteraad"),
    ("herindeling", "gemeentelijke fusie", "opschaling"),
    ("winkels", "detailhandel", "binnenstad", "winkelgebied"),
    ("zwembad", "sport", "sportaccommodatie", "sportvereniging"),
    ("bibliotheek", "cultuur", "museum", "theater"),
    ("luchtkwaliteit", "fijnstof", "luchtverontreiniging"),
    ("geluidsoverlast", "geluidhinder", "lawaai"),
    ("veiligheidsregio", "brandweer", "rampenbestrijding", "crisisbeheersing"),
    ("inwoners", "burgers", "bewoners"),
    ("burgerparticipatie", "inspraak", "zeggenschap"),
    ("privacy", "persoonsgegevens", "avg"),
)
