"""Refusals: a type, a stable code, a full sentence, named values.

A refusal is defined beside the rule that refuses. The core never translates: ``template`` is the
English message id, with named placeholders, that the pages translate.
"""

from typing import Any, ClassVar


class DomainError(Exception):
    """A rule refuses, and says so in one full sentence.

    Subclasses set ``code`` (stable, for programs) and ``template`` (a sentence that ends in a stop,
    with ``%(name)s`` placeholders). The values are given by keyword.

    >>> class TooLate(DomainError):
    ...     code = "too_late"
    ...     template = "This consultation closed on %(day)s."
    >>> str(TooLate(day="3 November 2017"))
    'This consultation closed on 3 November 2017.'
    >>> TooLate(day="3 November 2017").params
    {'day': '3 November 2017'}
    """

    code: ClassVar[str] = "refused"
    template: ClassVar[str] = "This is not possible."

    def __init__(self, **params: Any) -> None:
        self.params = params
        super().__init__(self.template % params)


class RowError(DomainError):
    """One row of a file is refused; ``row`` is the line number a spreadsheet shows (header = 1).

    >>> str(RowError(row=3, field="votes", problem="votes is missing.", remedy="Fill in a number."))
    'Row 3, votes: votes is missing. Fill in a number.'
    """

    code = "row"
    template = "Row %(row)s, %(field)s: %(problem)s %(remedy)s"


class FileRefused(DomainError):
    """A whole file is refused, with every row error at once; nothing was taken in.

    ``errors`` holds the row errors in row order.
    """

    code = "file_refused"
    template = "%(count)s rows cannot be read. Nothing was taken in. First: %(first)s"

    def __init__(self, errors: "list[RowError]") -> None:
        self.errors = errors
        super().__init__(count=len(errors), first=str(errors[0]))
