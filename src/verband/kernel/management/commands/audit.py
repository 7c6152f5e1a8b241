"""``audit``: seal, verify, export and prove the audit tree."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from verband.core.errors import DomainError
from verband.kernel import clock
from verband.kernel.audit import AuditLine
from verband.kernel.export import export, growth, receipt
from verband.kernel.sealing import seal
from verband.kernel.verify import Verification

SHOWN = 100  # findings in words; the rest is counted


class Command(BaseCommand):
    """The audit tree from the command line."""

    help = "Seal, verify, export and prove the audit tree."

    def add_arguments(self, parser: CommandParser) -> None:
        """One word says what to do."""
        what = parser.add_subparsers(dest="what", required=True)
        verify = what.add_parser("verify", help="verify every line and every row")
        verify.add_argument("--tree-only", action="store_true", help="leave the rows out")
        what.add_parser("seal", help="seal the lines that are not sealed yet")
        bundle = what.add_parser("export", help="write a bundle that can be verified offline")
        bundle.add_argument("folder", type=Path)
        bundle.add_argument("--with-data", action="store_true", help="with who, what and the rows")
        prove = what.add_parser("prove", help="prove that a line is in the tree")
        prove.add_argument("line", type=int)
        compare = what.add_parser("compare", help="prove that the tree only grew")
        compare.add_argument("old", type=int)
        compare.add_argument("new", type=int)

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        """Do it; a refusal is one sentence and exit code 1."""
        try:
            getattr(self, f"_{what}")(**options)
        except DomainError as refusal:
            raise CommandError(_(refusal.template) % refusal.params) from refusal

    def _seal(self, **_options: Any) -> None:
        count = seal(clock.now())
        self.stdout.write(_("%(count)s lines sealed.") % {"count": count})

    def _verify(self, *, tree_only: bool, **_options: Any) -> None:
        looked = Verification()
        findings = looked.findings(rows=not tree_only)
        count = 0
        for finding in findings:
            count += 1
            if count <= SHOWN:
                self.stdout.write(_(finding.template) % finding.params)
        counts = {
            "lines": looked.lines,
            "checkpoints": looked.checkpoints,
            "rows": looked.rows,
            "unsealed": looked.unsealed,
            "count": count,
        }
        self.stdout.write(
            _(
                "Looked at %(lines)s sealed lines, %(unsealed)s lines not sealed yet,"
                " %(checkpoints)s checkpoints and %(rows)s rows."
            )
            % counts
        )
        if count:
            raise CommandError(
                _("The register is not as it was sealed: %(count)s findings.") % counts
            )
        self.stdout.write(_("Everything is as it was sealed."))

    def _export(self, *, folder: Path, with_data: bool, **_options: Any) -> None:
        count = export(folder, with_data=with_data)
        self.stdout.write(
            _("%(count)s lines written to %(folder)s.") % {"count": count, "folder": folder}
        )

    def _prove(self, *, line: int, **_options: Any) -> None:
        found = AuditLine.objects.filter(pk=line).first()
        if found is None:
            raise CommandError(_("There is no audit line %(line)s.") % {"line": line})
        self.stdout.write(receipt(found).decode())

    def _compare(self, *, old: int, new: int, **_options: Any) -> None:
        self.stdout.write(growth(old, new).decode())
