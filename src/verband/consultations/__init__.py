"""The members' voice: questions, rolls, voters, ballots, counts and outcomes."""
