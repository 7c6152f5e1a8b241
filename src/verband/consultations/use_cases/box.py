"""The ballot box of a secret vote: shuffled when the vote closes."""

import random

from verband.consultations.models import Consultation, SecretBallot


def shuffle_box(consultation: Consultation) -> None:
    """Take all ballots out of the box and put them back in a random order under new keys.

    Whoever voted is known from the participations, in order and with the transaction that wrote
    them; after this one transaction wrote all ballots, in an order that chance made.
    """
    box = SecretBallot.objects.filter(question__consultation=consultation)
    taken = list(box.values_list("question_id", "round", "choices"))
    box.delete()
    random.SystemRandom().shuffle(taken)
    SecretBallot.objects.bulk_create(
        [SecretBallot(question_id=pk, round=number, choices=said) for pk, number, said in taken]
    )
