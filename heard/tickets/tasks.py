"""The jobs of tickets: load, call one verb, done."""

from __future__ import annotations

from procrastinate.contrib.django import app

from heard.tickets.mail_of_calls import JOB, mail_of_call


@app.task(name=JOB, pass_context=False)
def mail_of_call_back(*, call_back_id: int, late: int, agent_id: int) -> None:
    mail_of_call(call_back_id, late=bool(late), agent_id=agent_id)
