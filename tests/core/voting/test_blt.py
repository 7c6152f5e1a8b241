import pytest
from hypothesis import given
from hypothesis import strategies as st

from verband.core.voting.blt import (
    NotACandidate,
    NotBlt,
    Profile,
    parse_blt,
    profile_of,
    read_blt,
    write_blt,
)
from verband.core.voting.roll import Roll, UnknownVoter

# The example of Hill, Wichmann and Woodall (1987), Algorithm 123.
ADAM = """4 2
-2
3 1 3 4 0
4 1 3 2 0
2 4 1 3 0
1 2 0
2 2 4 3 1 0
1 3 4 2 0
0
"Adam"
"Basil"
"Charlotte"
"Donald"
"Title"
"""


def test_the_example_of_the_format_is_read():
    profile = parse_blt(ADAM)

    assert profile.candidates == ("Adam", "Basil", "Charlotte", "Donald")
    assert (profile.seats, profile.withdrawn, profile.title) == (2, {2}, "Title")
    assert profile.ballots[0] == (3, (1, 3, 4))
    assert write_blt(profile) == ADAM


def test_comments_ballot_numbers_and_loose_line_ends_are_understood():
    text = '2 1 # two stand\n(b1) 1 1\n2 0 (b2) 1 2 0 0 "Ada Bo"\r\n"Bo" "The #1 seat"'

    profile = parse_blt(text)

    assert profile.ballots == ((1, (1, 2)), (1, (2,)))
    assert (profile.candidates, profile.title) == (("Ada Bo", "Bo"), "The #1 seat")


def test_a_skipped_rank_ends_the_ballot():
    assert parse_blt('3 1\n1 2 - 1 0\n0\n"A"\n"B"\n"C"\n').ballots == ((1, (2,)),)


def test_a_file_with_a_byte_order_mark_is_read(tmp_path):
    path = tmp_path / "t.blt"
    path.write_bytes(b"\xef\xbb\xbf" + ADAM.encode())

    assert read_blt(path) == parse_blt(ADAM)


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("", 1, "the number of candidates is missing"),
        ("x 2", 1, "“x” is not a whole number"),
        ("0 1", 1, "0 is not between 1 and"),
        ("2 -1", 1, "-1 is not between 1 and"),
        ("2 1\n-3\n0", 2, "-3 is not between -2 and -1"),
        ('2 1\n1.5 1 0\n0\n"A" "B"', 2, "“1.5” is not a whole number"),
        ('2 1\n1 3 0\n0\n"A" "B"', 2, "3 is not between 1 and 2"),
        ('2 1\n1 1 1 0\n0\n"A" "B"', 2, "Candidate 1 is ranked twice"),
        ('2 1\n1 1=2 0\n0\n"A" "B"', 2, "ranks candidates equal"),
        ('2 1\n1 1 2\n"A" "B"', 3, "the 0 that ends a ballot is missing"),
        ('2 1\n1 1 0\n"A" "B"', 3, "the number of votes of a ballot, or 0 is missing"),
        ('2 1\n1 1 0\n0\n"A"', 4, "2 candidates but 1 names"),
        ('2 1\n0\n"A" "A"', 3, "the same name"),
        ('2 1\n0\n"A" "B" 5', 3, "“5” stands after the last ballot"),
        ('2 1\n0\n"A', 3, "is out of place"),
        ("9" * 30 + " 1", 1, "is not a whole number"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(text, line, problem):
    with pytest.raises(NotBlt) as caught:
        parse_blt(text)

    assert str(caught.value).startswith(f"Line {line}: ") and problem in str(caught.value)


def test_members_rank_with_the_votes_they_have():
    roll = Roll.from_votes({"A": 75, "B": 0, "C": 2})

    profile = profile_of(
        roll, ["Bos", "Kok"], {"A": ["Kok", "Bos"], "B": ["Bos"], "C": []}, seats=1
    )

    assert profile.ballots == ((75, (2, 1)), (2, ()))
    with pytest.raises(NotACandidate, match="A ranks “Vos”"):
        profile_of(roll, ["Bos"], {"A": ["Vos"]}, seats=1)
    with pytest.raises(NotACandidate):
        profile_of(roll, ["Bos"], {"A": ["Bos", "Bos"]}, seats=1)
    with pytest.raises(UnknownVoter):
        profile_of(roll, ["Bos"], {"Z": ["Bos"]}, seats=1)


NAMES = st.lists(
    st.text(st.characters(codec="utf-8", exclude_characters='"'), min_size=1).map(
        lambda name: " ".join(name.split())
    ).filter(bool),
    min_size=1,
    max_size=5,
    unique=True,
)  # fmt: skip


@st.composite
def profiles(draw):
    names = tuple(draw(NAMES))
    numbers = range(1, len(names) + 1)
    ballots = draw(
        st.lists(st.tuples(st.integers(1, 10**6), st.lists(st.sampled_from(numbers), unique=True)))
    )
    return Profile(
        seats=draw(st.integers(1, 9)),
        candidates=names,
        ballots=tuple((weight, tuple(ranking)) for weight, ranking in ballots),
        withdrawn=frozenset(draw(st.sets(st.sampled_from(numbers)))),
        title="Zetel",
    )


@given(profiles())
def test_what_is_written_is_read_back(profile):
    assert parse_blt(write_blt(profile)) == profile
