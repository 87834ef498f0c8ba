"""What the gate found, in the agent's language."""

from __future__ import annotations

from django.utils.translation import gettext as _

from heard.api.problems import Found
from heard.checks.finding import Finding


def found(finding: Finding) -> Found:
    return {
        "check": finding.check,
        "code": finding.code,
        "reason": _(finding.reason) % dict(finding.params),
        "start": finding.start,
        "end": finding.end,
        "overridable": finding.overridable,
        "mend": finding.mend,
    }
