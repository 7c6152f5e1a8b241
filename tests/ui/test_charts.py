"""The swimlane and the map."""

from datetime import date

from django.utils import translation

from verband.core.period import Period
from verband.ui.components.drawing import clipped
from verband.ui.components.hex_map import Hex, HexMap, Key
from verband.ui.components.swimlane import Lane, Mark, Sitting, Swimlane
from verband.ui.scale import TimeScale

DAY = date(2017, 10, 30)
YEAR = TimeScale(date(2017, 1, 1), date(2018, 4, 1))


def swimlane(*lanes, scale=YEAR, **more):
    return Swimlane("Who sat when", "Two seats.", lanes, scale, DAY, **more)


def test_the_drawing_and_the_table_hold_the_same_sittings():
    lane = Lane(
        "Chair",
        (
            Sitting(Period(date(2017, 3, 1), date(2017, 10, 1)), "mayor, Deventer"),
            Sitting(Period(date(2017, 10, 1), None), empty=True),
        ),
    )

    with translation.override("en"):
        found = swimlane(lane)
        html = found.show()

    assert [block.css for block in found.blocks] == ["c-past", "c-gapr"]
    assert len(found.table.rows) == 2
    assert "mayor, Deventer" in html and "nobody" in html
    assert 'role="img"' in html and "View as a table" in html


def test_a_long_name_is_cut_in_the_drawing_and_whole_in_the_table():
    name = "deputy with an unusually long portfolio and a double name, Overijssel"
    found = swimlane(Lane("Member", (Sitting(Period(date(2017, 9, 1), date(2018, 1, 1)), name),)))

    assert found.names[0].text.endswith("…")
    assert found.table.rows[0].cells[1] == name


def test_a_name_that_does_not_fit_at_all_is_left_to_the_table():
    found = swimlane(
        Lane("Member", (Sitting(Period(date(2017, 9, 1), date(2017, 9, 4)), "mayor, Deventer"),))
    )

    assert found.names == []
    assert clipped("mayor", 5) == "mayor"
    assert clipped("mayors", 4) == ""


def test_the_axis_goes_from_months_to_years():
    months = swimlane().axis
    decades = swimlane(scale=TimeScale(date(1980, 1, 1), date(2030, 1, 1))).axis

    with translation.override("en"):
        assert "Mar" in [word.text for word in swimlane().axis]
    assert len(months) == 15 + 2
    assert {word.text for word in decades} <= {str(year) for year in range(1980, 2030)}
    assert len(decades) <= 17


def test_no_name_on_the_axis_is_crossed_by_the_stand_line_or_cut_by_the_edge():
    for day in (date(2017, 1, 1), date(2017, 12, 30), date(2018, 1, 3), date(2018, 3, 31)):
        found = Swimlane("Who", "None.", (), YEAR, day)
        stand = float(found.stand)
        for word in found.axis:
            start, end = float(word.x), float(word.x) + len(word.text) * 8
            assert not start < stand < end
            assert end <= 1180


def test_marks_that_lie_close_do_not_run_into_each_other():
    marks = tuple(Mark(date(2017, 12, day), f"review {day} Dec") for day in (1, 3, 31))

    found = swimlane(marks=marks)

    rows = [word.y for word in found.mark_words]
    assert [word.text for word in found.mark_words] == ["review 1 Dec", "review 3 Dec"]
    assert rows[0] != rows[1]
    assert len(found.mark_rules) == 3
    assert "review 31 Dec" in found.show()


def test_a_day_off_the_scale_has_no_stand_line():
    found = Swimlane("Who", "None.", (), YEAR, date(2020, 1, 1))

    assert found.stand == ""
    assert "c-stand" not in found.show()


def test_the_names_of_the_seats_are_a_drawing_of_their_own_beside_the_bars():
    found = swimlane(Lane("Chair", (Sitting(Period(date(2017, 3, 1), None), "mayor, Ede"),)))

    assert "Chair" in found.names_drawing
    assert "Chair" not in found.drawing
    assert "mayor, Ede" in found.drawing
    shown = found.show()
    assert shown.count("<svg") == shown.count('aria-hidden="true"') == 2
    assert 'role="img" aria-labelledby="swimlane-t" aria-describedby="swimlane-d"' in shown


def hexes(*places):
    return tuple(Hex(q, r, f"M{i}", "n-1", 1, region) for i, (q, r, region) in enumerate(places))


def map_of(members, **more):
    return HexMap("Seats", "Who has seats.", members, (Key("n-1", "one"),), "Seats", **more)


def test_neighbours_share_a_side_and_regions_are_parted_by_it():
    same = map_of(hexes((0, 0, "A"), (1, 0, "A"), (0, 1, "A")))
    parted = map_of(hexes((0, 0, "A"), (1, 0, "B"), (0, 1, "B")))

    assert same.borders == ""
    assert parted.borders.count("M") == 2
    assert "M8.7 -5.0L8.7 5.0" in parted.borders


def test_a_region_has_its_name_beside_it_and_never_over_a_hexagon():
    places = [(q, r, "West" if q < 3 else "East") for r in range(6) for q in range(6)]
    shown = map_of(hexes(*places), regions=True)

    labels = {label.text: label for label in shown.region_labels}
    assert labels.keys() == {"East", "West"}
    assert labels["West"].x < labels["East"].x
    for label in labels.values():
        assert not label.over
        box = label.box
        assert not any(
            box.left < h.x < box.right and box.top < h.y < box.bottom for h in shown.hexes
        )
    assert not labels["East"].box.meets(labels["West"].box)
    assert shown.show().count("provlab") == 2
    assert "provlab" not in map_of(hexes(*places)).show()


def test_a_region_without_an_outer_side_has_its_name_over_itself():
    ring = [(q, r, "Ring") for r in range(9) for q in range(9) if (q, r) != (4, 4)]
    shown = map_of(hexes(*ring, (4, 4, "Heart")), regions=True)

    assert [(label.text, label.over) for label in shown.region_labels] == [
        ("Heart", True),
        ("Ring", False),
    ]


def test_the_frame_holds_the_names_of_the_regions():
    shown = map_of(hexes((0, 0, "A region with a long name"), (1, 0, "B")), regions=True)

    left, top, width, height = map(float, shown.view_box.split())
    for label in shown.region_labels:
        assert left <= label.box.left + 0.1
        assert label.box.right <= left + width + 0.1
        assert top <= label.box.top + 0.1
        assert label.box.bottom <= top + height + 0.1


def test_members_that_do_not_touch_have_no_border():
    assert map_of(hexes((0, 0, "A"), (5, 0, "B"))).borders == ""


def test_each_class_is_one_path_and_unknown_classes_are_drawn_too():
    members = (*hexes((0, 0, "A"), (1, 0, "A")), Hex(2, 0, "Other", "n-4"))

    assert [shape.css for shape in map_of(members).shapes] == ["h n-1", "h n-4"]


def test_the_map_holds_every_member_as_a_table_by_name():
    members = (Hex(0, 0, "Zwolle", "n-1", 2), Hex(1, 0, "Aa en Hunze", "n-1", 1))

    assert [row.cells[0] for row in map_of(members).table.rows] == ["Aa en Hunze", "Zwolle"]


def test_the_frame_holds_every_hexagon_and_every_label():
    members = (
        *hexes((0, 0, "A"), (3, 0, "A"), (0, 4, "A")),
        Hex(3, 1, "Hardinxveld-Giessendam", "n-1", labelled=True),
    )

    left, top, width, height = (float(v) for v in map_of(members).view_box.split())

    for h in members:
        room = len(h.name) * 5 if h.labelled else 0
        assert left <= h.x - 8.7 and h.x + 8.7 + room <= left + width
        assert top <= h.y - 10 and h.y + 10 <= top + height


def test_an_empty_map_is_still_a_figure():
    assert 'role="img"' in map_of(()).show()
