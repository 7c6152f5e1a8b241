"""Why a file is not taken in: as a whole, or row by row with a remedy."""

from typing import NoReturn

from django.utils.translation import gettext as _

from verband.core.errors import DomainError, FileRefused, RowError


class FileTooLarge(DomainError):
    """A file of more bytes than the server reads."""

    code = "import_too_large"
    template = "The file is larger than %(megabytes)s MB. Divide it over several files."


class NotATable(DomainError):
    """The file is neither CSV nor a workbook."""

    code = "import_not_a_table"
    template = "%(name)s is not a CSV file or an XLSX workbook. Save the sheet as one of these."


class UnsafeWorkbook(DomainError):
    """A workbook that is damaged or that unpacks to far more than it seems."""

    code = "import_unsafe_workbook"
    template = (
        "%(name)s cannot be opened safely: it is damaged, or it unpacks to far more than a table"
        " needs. Save the sheet as CSV."
    )


class NothingNew(DomainError):
    """The register holds all that the file says."""

    code = "import_nothing_new"
    template = "The register already holds all that %(name)s says. Nothing was written."


class RegisterMoved(DomainError):
    """The differences are no longer those that were shown."""

    code = "import_register_moved"
    template = (
        "The register changed since the differences were shown. Nothing was taken in. Look at the"
        " new differences."
    )


class NoSuchImport(DomainError):
    """The file is no longer kept: confirmed, thrown away, or too old."""

    code = "import_expired"
    template = "This file is no longer kept. Upload it again."


class NeverComplete(DomainError):
    """No figure disappears because a list leaves it out."""

    code = "import_never_complete"
    template = (
        "A list of inhabitants cannot end anything. Take away the choice that the file is complete."
    )


def wrong(row: int, field: str, problem: str, remedy: str) -> RowError:
    """One row error, in the reader's language."""
    return RowError(row=row, field=field, problem=problem, remedy=remedy)


def refuse_file(problem: str, remedy: str, row: int = 1) -> NoReturn:
    """Refuse the whole file for one reason."""
    raise FileRefused([wrong(row, _("file"), problem, remedy)])
