"""An answer as an HTML table, for a notebook: names that link to their IRIs, and nothing that runs."""

from __future__ import annotations

from html import escape

from pyoxigraph import NamedNode

from rltkg.results.text import plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rltkg.results.answer import Answer, Term

SHOWN = 50


def html(answer: Answer) -> str:
    """Return `answer` as an HTML table of at most 50 rows, which says how many there are; every text is escaped."""
    heads = "".join(f"<th>{_text(column.replace('_', ' '))}</th>" for column in answer.columns)
    body = "".join(
        f"<tr>{''.join(f'<td>{_cell(answer, term)}</td>' for term in row)}</tr>" for row in answer.rows[:SHOWN]
    )
    count = len(answer)
    told = f"{count:,} row{'' if count == 1 else 's'}"
    if count > SHOWN:
        told = f"the first {SHOWN} of {told}"
    remarks = [
        told,
        f"release {answer.release}",
        *filter(None, (answer.cut_because, answer.empty_because)),
        *answer.remarks,
    ]
    return (
        f"<table><caption>{_text(answer.title)}</caption><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"
        f"<p>{_text('; '.join(remarks))}</p>"
    )


def _cell(answer: Answer, term: Term | None) -> str:
    shown = _text(answer.name(term))
    if isinstance(term, NamedNode) and term.value.startswith(("http://", "https://")):
        return f'<a href="{escape(term.value)}" rel="noopener noreferrer">{shown}</a>'
    return shown


def _text(text: str) -> str:
    return escape(plain(text))
