"""Rules, rolls and ballots drawn at random, for the property tests of voting."""

from hypothesis import strategies as st

from verband.core.voting.roll import Ballot, Elector, Roll
from verband.core.voting.rules import Rule, majority, quorum

CHOICES = ("for", "against", "abstain", "blank", "invalid", None)
TREATMENTS = st.sampled_from(["nothing", "cast", "against"])
BOUNDS = st.tuples(
    st.sampled_from(["members", "votes", "inhabitants"]),
    st.sampled_from([">", ">="]),
    st.sampled_from(["1/3", "1/2", "2/3", "3/4"]),
    st.sampled_from(["valid", "cast", "present", "all"]),
)


@st.composite
def rules(draw):
    quorums = draw(st.lists(st.tuples(BOUNDS, st.sampled_from(["present", "cast"])), max_size=2))
    return Rule(
        name="drawn",
        majorities=tuple(
            majority("{} {} {} of {}".format(*bound))
            for bound in draw(st.lists(BOUNDS, min_size=1, max_size=3))
        ),
        quorums=tuple(
            quorum(f"{unit} {counts} {sign} {part} of all")
            for (unit, sign, part, _), counts in quorums
        ),
        abstention=draw(TREATMENTS),
        blank=draw(TREATMENTS),
        invalid=draw(TREATMENTS),
        absence=draw(st.sampled_from(["nothing", "against"])),
    )


@st.composite
def votes(draw, most=6):
    """Members as (votes, inhabitants, choice, present)."""
    written = draw(st.booleans())
    members = draw(
        st.lists(
            st.tuples(
                st.integers(0, 9), st.integers(0, 99), st.sampled_from(CHOICES), st.booleans()
            ),
            min_size=1,
            max_size=most,
        )
    )
    electors = [Elector(str(i), v, n) for i, (v, n, _, _) in enumerate(members)]
    here = [str(i) for i, (_, _, choice, there) in enumerate(members) if choice or there]
    ballots = [Ballot(str(i), m[2]) for i, m in enumerate(members) if m[2]]
    return Roll(electors, None if written else here), ballots
