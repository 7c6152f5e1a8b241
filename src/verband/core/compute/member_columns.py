"""The columns that files about members share, under the headers that offices give them."""

from verband.core.compute.reading import Column

MEMBER = Column("member", "text", aliases=("lid", "gemeente", "municipality", "naam", "name"))
VOTES = Column("votes", "int", minimum=0, aliases=("stemmen", "weight"))
INHABITANTS = Column("inhabitants", "int", minimum=0, aliases=("inwoners", "population"))
