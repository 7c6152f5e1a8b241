"""What a verification can find; each finding is a sentence that names the place.

They are refusals in form only: a verification yields them, so that one run names everything.
"""

from verband.core.errors import DomainError


class Finding(DomainError):
    """Something is not as it was sealed."""

    code = "finding"


class LineAltered(Finding):
    """A part of an audit line is not what was sealed."""

    code = "line_altered"
    template = "Audit line %(line)s: the column %(column)s is not what was sealed."


class LeafAltered(Finding):
    """The stored hash of a line was changed; the line itself still leads to the signed root."""

    code = "leaf_altered"
    template = "Audit line %(line)s is as it was sealed, but its stored hash was changed."


class LineMissing(Finding):
    """A place in the tree has no line."""

    code = "line_missing"
    template = "Place %(index)s of the tree has no audit line: it was removed."


class NodeAltered(Finding):
    """A stored hash inside the tree was changed, added or removed."""

    code = "node_altered"
    template = "The stored hash at level %(level)s, place %(index)s of the tree was changed."


class RootDiffers(Finding):
    """The lines do not give the root that was signed."""

    code = "root_differs"
    template = (
        "The first %(size)s lines do not give the root that was signed; the difference lies after"
        " line %(before)s."
    )


class SignatureWrong(Finding):
    """A checkpoint was not signed by a key of the association."""

    code = "signature_wrong"
    template = "The checkpoint of %(size)s lines was not signed by a key of this site."


class LinesGone(Finding):
    """A checkpoint was signed over more lines than there are."""

    code = "lines_gone"
    template = "A checkpoint of %(size)s lines was signed, but the tree holds %(lines)s lines."


class CheckpointGone(Finding):
    """Lines were sealed after the last checkpoint that is left."""

    code = "checkpoint_gone"
    template = "The tree holds %(lines)s lines, but the last checkpoint signs %(size)s."


class RowAltered(Finding):
    """A row is not what the audit line says was written."""

    code = "row_altered"
    template = "%(table)s, row %(id)s is not what audit line %(line)s wrote."


class ColumnAltered(Finding):
    """A column of a row is not what the audit line says was written."""

    code = "column_altered"
    template = (
        "%(table)s, row %(id)s, column %(column)s is not what audit line %(line)s wrote: it was"
        " %(was)s."
    )


class ClosingAltered(Finding):
    """A row was closed otherwise than the audit line says."""

    code = "closing_altered"
    template = "%(table)s, row %(id)s, column %(column)s is not what audit line %(line)s closed."


class ClosedWithoutLine(Finding):
    """A row is closed, but no use case closed it."""

    code = "closed_without_line"
    template = (
        "%(table)s, row %(id)s, column recorded_until: the row is closed, but no audit line says"
        " so; audit line %(line)s wrote it."
    )


class Reopened(Finding):
    """A row is open, but a use case closed it."""

    code = "reopened"
    template = (
        "%(table)s, row %(id)s, column recorded_until: audit line %(line)s closed the row, but it"
        " is open."
    )


class RowMissing(Finding):
    """A row was removed."""

    code = "row_missing"
    template = "%(table)s, row %(id)s was written by audit line %(line)s, but is gone."


class RowWithoutLine(Finding):
    """A row was added behind the back of the use cases."""

    code = "row_without_line"
    template = "%(table)s, row %(id)s: no audit line speaks of it."


class LinesContradict(Finding):
    """Audit lines tell of one row what cannot be."""

    code = "lines_contradict"
    template = "%(table)s, row %(id)s: audit line %(line)s cannot follow on the lines before it."


class TableUnknown(Finding):
    """An audit line speaks of a table that the register does not have."""

    code = "table_unknown"
    template = "Audit line %(line)s speaks of the table %(table)s, which does not exist."
