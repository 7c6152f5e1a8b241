"""What the story says about bodies: purposes, fields, goals, and the bodies that pass.

Purposes follow the report in our own words. Goals, periods and the passing bodies are fictional.
"""

from dataclasses import dataclass
from datetime import date

from verband.bodies.kinds import BodyKind


@dataclass(frozen=True, slots=True)
class GoalText:
    """A goal as the story gives it to a body."""

    text: str
    measure: str = ""
    due_on: date | None = None
    start: date | None = None
    state: str = "running"


@dataclass(frozen=True, slots=True)
class Passing:
    """A temporary body: set up, perhaps prolonged, and ended."""

    key: str
    kind: BodyKind
    name: str
    name_en: str
    start: date
    until: date
    purpose: str = ""
    purpose_en: str = ""
    parent: str = "bestuur"
    decision: str = ""
    support: str = "VNG-bureau"
    after_end: str = ""
    review_on: date | None = None
    told: date | None = None
    ministries: tuple[str, ...] = ()
    prolonged: tuple[tuple[date, date, str, str], ...] = ()
    ended_early: date | None = None


PURPOSES: dict[str, tuple[str, str]] = {
    "vng": (
        "Gemeenten behartigen samen hun belangen en helpen elkaar in de uitvoering.",
        "Municipalities look after their common interests and help each other carry out tasks.",
    ),
    "alv": (
        "Het hoogste orgaan: alle leden beslissen met gewogen stemmen.",
        "The highest body: all members decide by weighted vote.",
    ),
    "bestuur": (
        "Stelt beleid en doelen vast, benoemt teams en delegaties, legt verantwoording af.",
        "Sets policy and goals, appoints teams and delegations, accounts to the members.",
    ),
    "algemene-directie": (
        "Leidt het bureau en doet voorstellen aan het bestuur.",
        "Runs the bureau and makes proposals to the board.",
    ),
    "vng-bureau": (
        "Ondersteunt bestuur, commissies en teams.",
        "Supports the board, committees and teams.",
    ),
    "adviescommissie-governance": (
        "Adviseert over de samenstelling van bestuur en commissies.",
        "Advises on the composition of the board and committees.",
    ),
    "commissie-financien": (
        "Geld bij taken: bereidt de financiële kant van onderhandelingen voor.",
        "Money for tasks: prepares the financial side of negotiations.",
    ),
    "commissie-europa-internationaal": (
        "De inbreng van gemeenten in Europa en internationale samenwerking.",
        "The voice of municipalities in Europe and international cooperation.",
    ),
    "college-arbeidszaken": (
        "Cao en arbeidsvoorwaarden van gemeentelijk personeel.",
        "Collective agreement and terms of employment of municipal staff.",
    ),
    "college-dienstverleningszaken": (
        "Normen en standaarden voor gezamenlijke uitvoering.",
        "Norms and standards for joint execution.",
    ),
    "commissie-bestuur-veiligheid": (
        "Bestuur, rechtsstaat, politie en justitie.",
        "Governance, rule of law, police and justice.",
    ),
    "commissie-dienstverlening-informatiebeleid": (
        "Digitale dienstverlening, informatiesamenleving en privacy.",
        "Digital services, information society and privacy.",
    ),
    "commissie-raadsleden-griffiers": (
        "De stem van raden en griffies in de vereniging.",
        "The voice of councils and their clerks in the association.",
    ),
    "commissie-ruimte-wonen": (
        "Ruimtelijke ordening, wonen en de Omgevingswet.",
        "Spatial planning, housing and the Environment and Planning Act.",
    ),
    "commissie-milieu-energie-mobiliteit": (
        "Milieu, energie en mobiliteit.",
        "Environment, energy and mobility.",
    ),
    "commissie-werk-inkomen": (
        "Werk, inkomen, armoede en schulden.",
        "Work, income, poverty and debt.",
    ),
    "commissie-gezondheid-welzijn": (
        "Gezondheid, zorg en welzijn.",
        "Health, care and welfare.",
    ),
    "commissie-onderwijs-cultuur-sport": (
        "Onderwijs, cultuur en sport.",
        "Education, culture and sport.",
    ),
    "g4": ("Belangen van de vier grootste steden.", "Interests of the four largest cities."),
    "g32": ("Belangen van de middelgrote steden.", "Interests of the middle-sized cities."),
    "p10": ("Belangen van grote plattelandsgemeenten.", "Interests of large rural municipalities."),
    "ipo": (
        "De twaalf provincies behartigen samen hun belangen.",
        "The twelve provinces look after their common interests.",
    ),
    "uvw": (
        "De waterschappen behartigen samen hun belangen.",
        "The water boards look after their common interests.",
    ),
    "ngb": ("Vak en positie van burgemeesters.", "Profession and position of mayors."),
    "wethoudersvereniging": (
        "Positie en toerusting van wethouders.",
        "Position and equipment of aldermen.",
    ),
    "vgs": ("Vak van de gemeentesecretaris.", "Profession of the municipal secretary."),
    "vvg": ("Vak van de griffier.", "Profession of the clerk of the council."),
    "raadslid-nu": ("Positie en toerusting van raadsleden.", "Position of councillors."),
    "overhedenoverleg": (
        "Het Rijk en de koepels bespreken samen wat hen raakt.",
        "Central government and the associations discuss what concerns them all.",
    ),
    "kloosterhoeveberaad": ("Elektronische dienstverlening.", "Electronic services."),
    "divosa": ("Leidinggevenden in het sociaal domein.", "Executives in the social domain."),
}

FIELDS: dict[str, tuple[str, ...]] = {
    "commissie-financien": ("gemeentefonds", "belastingen"),
    "commissie-bestuur-veiligheid": ("openbaar bestuur", "openbare orde en veiligheid"),
    "commissie-dienstverlening-informatiebeleid": ("dienstverlening", "informatiebeleid"),
    "commissie-ruimte-wonen": ("ruimtelijke ordening", "wonen", "Omgevingswet"),
    "commissie-milieu-energie-mobiliteit": ("milieu", "energie", "verkeer en vervoer"),
    "commissie-werk-inkomen": ("werk en inkomen", "armoede en schulden"),
    "commissie-gezondheid-welzijn": ("gezondheid", "welzijn", "Wmo"),
    "commissie-onderwijs-cultuur-sport": ("onderwijs", "cultuur", "sport"),
    "commissie-europa-internationaal": ("Europa",),
    "college-arbeidszaken": ("personeel",),
    "college-dienstverleningszaken": ("gezamenlijke uitvoering",),
    "subcommissie-water": ("water",),
    "subcommissie-decentralisatie-jeugdzorg": ("jeugdzorg",),
    "expertiseteam-klimaat-energie": ("klimaat", "energie"),
    "expertiseteam-omgevingswet": ("Omgevingswet",),
    "adviescommissie-publieke-gezondheid": ("publieke gezondheid",),
    "adviescommissie-archieven": ("archieven",),
}

GOALS: dict[str, tuple[GoalText, ...]] = {
    "expertiseteam-klimaat-energie": (
        GoalText(
            "Gezamenlijke inzet van gemeenten, provincies en waterschappen voor het"
            " interbestuurlijk programma",
            due_on=date(2017, 9, 14),
            state="reached",
        ),
        GoalText(
            "Handreiking: van ambitie energieneutraal naar een uitvoerbaar plan, met PBL",
            due_on=date(2017, 11, 9),
        ),
        GoalText(
            "Advies over de verdeling van het risico van warmtenetten", due_on=date(2018, 2, 1)
        ),
    ),
    "expertiseteam-omgevingswet": (
        GoalText("Gemeenten klaar voor de invoering van de Omgevingswet"),
    ),
    "commissie-financien": (
        GoalText("Inzet voor het gemeentefonds in het interbestuurlijk programma"),
    ),
    "commissie-raadsleden-griffiers": (
        GoalText("Handreiking raad en Omgevingswet", due_on=date(2018, 3, 1)),
    ),
    "commissie-bestuur-veiligheid": (
        GoalText("Eén aanpak van ondermijning in stad en buitengebied", due_on=date(2018, 6, 1)),
    ),
    "samen-organiseren": (
        GoalText("Zes gezamenlijke standaarden vastgesteld", due_on=date(2018, 11, 1)),
    ),
    "subcommissie-decentralisatie-jeugdzorg": (
        GoalText("Overgang van de jeugdzorg naar gemeenten afgerond", due_on=date(2017, 12, 31)),
    ),
}

TEMPORARY: dict[str, Passing] = {
    "subcommissie-water": Passing(
        key="subcommissie-water",
        kind=BodyKind.SUBCOMMITTEE,
        name="Subcommissie Water",
        name_en="Subcommittee on Water",
        parent="commissie-milieu-energie-mobiliteit",
        start=date(2014, 6, 1),
        until=date(2016, 6, 1),
        decision="bestuur 2014-11",
        after_end="Lopend werk gaat naar drie tafels.",
        prolonged=(
            (
                date(2016, 5, 12),
                date(2017, 12, 1),
                "bestuur 2016-14",
                "De deltabesluiten vragen nog een jaar bestuurlijke aandacht.",
            ),
        ),
    ),
    "subcommissie-decentralisatie-jeugdzorg": Passing(
        key="subcommissie-decentralisatie-jeugdzorg",
        kind=BodyKind.SUBCOMMITTEE,
        name="Subcommissie decentralisatie Jeugdzorg",
        name_en="Subcommittee on Decentralisation of Youth Care",
        purpose="Overgang van de jeugdzorg naar gemeenten.",
        purpose_en="Transition of youth care to municipalities.",
        parent="commissie-gezondheid-welzijn",
        start=date(2014, 2, 1),
        until=date(2016, 2, 1),
        decision="bestuur 2014-03",
        after_end="Lopend werk gaat naar de commissie Gezondheid & Welzijn.",
        prolonged=(
            (
                date(2016, 1, 14),
                date(2018, 6, 1),
                "bestuur 2016-02",
                "De eerste evaluatie van de Jeugdwet komt begin 2018.",
            ),
        ),
    ),
    "ondersteuningsteam-asielzoekers": Passing(
        key="ondersteuningsteam-asielzoekers",
        kind=BodyKind.PROGRAMME,
        name="Ondersteuningsteam Asielzoekers en Vergunninghouders",
        name_en="Support team for asylum seekers and permit holders",
        purpose="Steun aan gemeenten bij opvang en huisvesting.",
        purpose_en="Support to municipalities with reception and housing.",
        parent="vng-bureau",
        start=date(2015, 12, 1),
        until=date(2017, 12, 1),
        decision="bestuur 2015-21",
        review_on=date(2016, 7, 1),
        prolonged=(
            (
                date(2017, 9, 14),
                date(2018, 1, 1),
                "bestuur 2017-15",
                "De laatste locaties sluiten aan het eind van het jaar.",
            ),
        ),
    ),
    "expertiseteam-klimaat-energie": Passing(
        key="expertiseteam-klimaat-energie",
        kind=BodyKind.EXPERTISE_TEAM,
        name="Klimaat en Energie",
        name_en="Climate and Energy",
        purpose=(
            "Gemeenten, provincies en waterschappen brengen samen één inzet voor klimaat en"
            " energie bij het kabinet, en maken ambities uitvoerbaar."
        ),
        purpose_en=(
            "Municipalities, provinces and water boards bring one position on climate and energy"
            " to the cabinet, and make ambitions workable."
        ),
        start=date(2017, 3, 1),
        until=date(2018, 3, 1),
        decision="bestuur 2017-03",
        review_on=date(2017, 12, 1),
        support="VNG-bureau, met IPO",
        after_end="Kennis naar de commissie Economie, Klimaat, Energie en Milieu.",
        told=date(2017, 2, 9),
    ),
    "expertiseteam-omgevingswet": Passing(
        key="expertiseteam-omgevingswet",
        kind=BodyKind.EXPERTISE_TEAM,
        name="Omgevingswet",
        name_en="Environment and Planning Act",
        purpose="Gemeenten klaar voor de invoering.",
        purpose_en="Municipalities ready for the introduction.",
        start=date(2018, 1, 15),
        until=date(2019, 7, 1),
        decision="bestuur 2017-18",
        review_on=date(2019, 1, 15),
        told=date(2017, 10, 12),
    ),
}

PASSING: tuple[Passing, ...] = (
    Passing(
        key="werkgroep-wmo-2015",
        kind=BodyKind.ADVISORY_COMMITTEE,
        name="Werkgroep Wmo 2015",
        name_en="Working group on the Social Support Act 2015",
        purpose="Voorbereiding van de nieuwe Wmo.",
        purpose_en="Preparation of the new Social Support Act.",
        parent="commissie-gezondheid-welzijn",
        start=date(2013, 9, 1),
        until=date(2015, 7, 1),
        decision="bestuur 2013-12",
        ministries=("VWS",),
    ),
    Passing(
        key="werkgroep-participatiewet",
        kind=BodyKind.ADVISORY_COMMITTEE,
        name="Werkgroep Participatiewet",
        name_en="Working group on the Participation Act",
        purpose="Voorbereiding van de Participatiewet.",
        purpose_en="Preparation of the Participation Act.",
        parent="commissie-werk-inkomen",
        start=date(2013, 9, 1),
        until=date(2015, 3, 1),
        decision="bestuur 2013-13",
        ministries=("SZW",),
    ),
    Passing(
        key="taskforce-opvang-vluchtelingen",
        kind=BodyKind.EXPERTISE_TEAM,
        name="Opvang vluchtelingen",
        name_en="Reception of refugees",
        purpose="Snel voldoende opvangplaatsen, verdeeld over het land.",
        purpose_en="Enough reception places soon, spread over the country.",
        start=date(2015, 9, 15),
        until=date(2016, 9, 15),
        decision="bestuur 2015-16",
        after_end="Werk overgedragen aan het ondersteuningsteam.",
        ended_early=date(2016, 5, 1),
        ministries=("JenV",),
    ),
    Passing(
        key="expertiseteam-woningbouwafspraken",
        kind=BodyKind.EXPERTISE_TEAM,
        name="Woningbouwafspraken",
        name_en="Housing agreements",
        purpose="Regionale afspraken over woningbouw en verstedelijking.",
        purpose_en="Regional agreements on housing and urbanisation.",
        start=date(2016, 11, 1),
        until=date(2018, 5, 1),
        review_on=date(2017, 11, 1),
        decision="bestuur 2016-27",
        ministries=("BZK",),
    ),
    Passing(
        key="expertiseteam-toegankelijkheid",
        kind=BodyKind.EXPERTISE_TEAM,
        name="Toegankelijkheid",
        name_en="Accessibility",
        purpose="Het VN-verdrag handicap in de gemeentelijke praktijk.",
        purpose_en="The UN disability convention in municipal practice.",
        start=date(2017, 6, 1),
        until=date(2018, 12, 1),
        review_on=date(2018, 3, 1),
        decision="bestuur 2017-11",
        ministries=("VWS",),
    ),
    Passing(
        key="delegatie-interbestuurlijk-programma",
        kind=BodyKind.DELEGATION,
        name="Delegatie interbestuurlijk programma",
        name_en="Delegation for the inter-governmental programme",
        purpose="Namens de gemeenten onderhandelen met het kabinet.",
        purpose_en="Negotiate with the cabinet for the municipalities.",
        start=date(2017, 10, 26),
        until=date(2018, 4, 1),
        decision="bestuur 2017-17",
        told=date(2017, 10, 12),
        ministries=("BZK", "FIN"),
    ),
    Passing(
        key="werkgroep-ondermijning",
        kind=BodyKind.ADVISORY_COMMITTEE,
        name="Werkgroep Ondermijning",
        name_en="Working group on undermining crime",
        purpose="Eén aanpak van ondermijning in stad en buitengebied.",
        purpose_en="One approach to undermining crime in town and country.",
        parent="commissie-bestuur-veiligheid",
        start=date(2016, 4, 1),
        until=date(2018, 4, 1),
        decision="bestuur 2016-09",
        ministries=("JenV",),
    ),
)
