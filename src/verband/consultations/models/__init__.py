"""Rows about what members are asked, who may answer, what they said and what came of it."""

from verband.consultations.models.ballots import (
    Answer,
    Ballot,
    Participation,
    SecretBallot,
    TookPartAlready,
    VotedMeanwhile,
)
from verband.consultations.models.consultations import (
    AlreadyDone,
    Argument,
    Consultation,
    ConsultationFact,
    NumberTaken,
    OneTextAtATime,
    Question,
    QuestionFact,
    Step,
    VoteRequest,
)
from verband.consultations.models.notices import (
    Delivery,
    Digest,
    MailChoice,
    Notice,
    SentAlready,
)
from verband.consultations.models.outcomes import (
    Objection,
    ObjectionAnswer,
    OneOutcomeAtATime,
    OutcomeStatement,
)
from verband.consultations.models.rolls import (
    Invitation,
    RollLine,
)
from verband.consultations.models.rules import (
    OneRuleTextAtATime,
    VotingRule,
    VotingRuleFact,
)
from verband.consultations.models.sittings import (
    Attendance,
    AttendanceChanged,
    OneSittingTextAtATime,
    Sitting,
    SittingFact,
)
from verband.consultations.models.statements import (
    Moderation,
    OneJudgementAtATime,
    Statement,
    StatementVote,
    VotedOnStatement,
)
from verband.consultations.models.voters import (
    Designation,
    Proxy,
    ProxyGiven,
    ProxyToItself,
    VoterNamed,
)

__all__ = [
    "AlreadyDone",
    "Answer",
    "Argument",
    "Attendance",
    "AttendanceChanged",
    "Ballot",
    "Consultation",
    "ConsultationFact",
    "Delivery",
    "Designation",
    "Digest",
    "Invitation",
    "MailChoice",
    "Moderation",
    "Notice",
    "NumberTaken",
    "Objection",
    "ObjectionAnswer",
    "OneJudgementAtATime",
    "OneOutcomeAtATime",
    "OneRuleTextAtATime",
    "OneSittingTextAtATime",
    "OneTextAtATime",
    "OutcomeStatement",
    "Participation",
    "Proxy",
    "ProxyGiven",
    "ProxyToItself",
    "Question",
    "QuestionFact",
    "RollLine",
    "SecretBallot",
    "SentAlready",
    "Sitting",
    "SittingFact",
    "Statement",
    "StatementVote",
    "Step",
    "TookPartAlready",
    "VoteRequest",
    "VotedMeanwhile",
    "VotedOnStatement",
    "VoterNamed",
    "VotingRule",
    "VotingRuleFact",
]
