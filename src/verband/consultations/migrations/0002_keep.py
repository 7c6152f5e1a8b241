"""Rows of the members' voice are written once."""

from typing import ClassVar

from django.db import migrations

from verband.kernel.triggers import keep_facts, keep_rows


class Migration(migrations.Migration):
    """Triggers refuse what no use case may do."""

    dependencies: ClassVar = [("consult", "0001_initial"), ("kernel", "0001_initial")]
    operations: ClassVar = [
        *keep_rows(
            "consult_answer",
            "consult_argument",
            "consult_attendance",
            "consult_ballot",
            "consult_consultation",
            "consult_digest",
            "consult_invitation",
            "consult_notice",
            "consult_objection",
            "consult_objectionanswer",
            "consult_participation",
            "consult_question",
            "consult_rollline",
            "consult_sitting",
            "consult_statement",
            "consult_statementvote",
            "consult_step",
            "consult_voterequest",
            "consult_votingrule",
        ),
        *keep_facts(
            "consult_consultationfact",
            "consult_designation",
            "consult_mailchoice",
            "consult_moderation",
            "consult_outcomestatement",
            "consult_proxy",
            "consult_questionfact",
            "consult_sittingfact",
            "consult_votingrulefact",
        ),
    ]
