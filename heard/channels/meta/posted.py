"""A post of ours, just published."""

from __future__ import annotations

from dataclasses import replace

from heard.channels.contract import ReconnectNeeded, Rejected, Sent, TryAgain
from heard.channels.fields import as_url
from heard.channels.meta.graph import Graph


def with_permalink(graph: Graph, sent: Sent, *, field: str) -> Sent:
    """The post is out whatever becomes of this question, so its failure is nobody's business."""
    try:
        said = graph.read(sent.external_id, params={"fields": field})
    except (ReconnectNeeded, Rejected, TryAgain):
        return sent
    return replace(sent, permalink=as_url(said.get(field)))
