"""How to cite a release, and an answer that it gave."""

from __future__ import annotations

from rltkg.corpus import shipped
from rltkg.corpus.citation import facts
from rltkg.errors import InputError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from rltkg.corpus import Release
    from rltkg.results.answer import Answer

FORMS = ("text", "bibtex", "ris", "cff")
SHORT = 12
_LITERAL = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", **{each: f"\\{each}" for each in "&%$#_"}}


def cite(form: str = "text", release: Release | None = None) -> str:
    """Return how to cite `release` (default: the shipped one), with its version and digest, in one of FORMS.

    The digest is cut to 12 characters in running text, whole elsewhere. Raises InputError where it is not published,
    UnavailableError where it has no CITATION.cff.
    """
    release = release or shipped()
    if not release.citable:
        raise InputError(
            f"{release.root} holds no published release of rltkg ({release.version}), so it has no citation; cite the "
            "answers that it gives: xlsx has one, and so has `.citation` in Python"
        )
    return {"text": _text, "bibtex": _bibtex, "ris": _ris, "cff": _cff}[form](release)


def of_answer(answer: Answer) -> str:
    """Return how to cite `answer`: the release that gave it, what was asked, and how many rows there were."""
    asked = _asked(answer)
    rows = f"{len(answer):,} row{'' if len(answer) == 1 else 's'}"
    return f"{_origin(answer)} {asked}; {rows}."


def _origin(answer: Answer) -> str:
    """Return what holds the answer, in one or two sentences: a release or a user's folder, and the user's own files."""
    release = answer.store.release
    if release is None:
        text = f"{_text(shipped(), digest=False)} Asked: {answer.release}."
    elif release.citable:
        text = _text(release)
    else:
        text = f"{release.version}, digest {release.digest[:SHORT]}, asked with: {_text(shipped(), digest=False)}"
    own = ", ".join(file.path.name for file in answer.store.own)
    return f"{text} With files that are not part of it: {own}." if own else text


def parameters(answer: Answer) -> list[tuple[str, str, str]]:
    """Return the name, the value as text and the label of each term that was bound to a parameter of `answer`."""
    from rltkg.results.values import text_of

    # A day is bound as its last second; people say the day.
    return [
        (name, text_of(term), answer.name(term).removesuffix("T23:59:59Z"))
        for name, terms in answer.bindings.items()
        for term in terms
    ]


def _asked(answer: Answer) -> str:
    if not answer.query:
        return answer.title
    given: dict[str, list[str]] = {}
    for name, _, label in parameters(answer):
        given.setdefault(name.replace("_", " "), []).append(label)
    told = "; ".join(f"{name}: {', '.join(labels)}" for name, labels in given.items())
    return f"Answer to the query {answer.query.id}" + (f" ({told})" if told else "")


def _text(release: Release, *, digest: bool = True) -> str:
    known = facts(release)
    which = f"version {known.version}" + (f", release digest {release.digest[:SHORT]}" if digest else "")
    return f"{'; '.join(known.authors)} ({known.released[:4]}). {known.title} ({which}) [Data set]. {known.url}"


def _bibtex(release: Release) -> str:
    known = facts(release)
    fields = {
        "author": " and ".join(f"{{{_tex(author)}}}" for author in known.authors),
        "title": f"{{{_tex(known.title)}}}",
        "year": known.released[:4],
        "version": _tex(known.version),
        "howpublished": "Data set",
        "url": known.url,
        "note": f"Release digest (SHA-256) {release.digest}",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    return "\n".join([f"@misc{{rltkg-{known.version},", *lines, "}"])


def _ris(release: Release) -> str:
    known = facts(release)
    lines = [("TY", "DATA"), ("TI", known.title), *(("AU", author) for author in known.authors)]
    lines += [("PY", known.released[:4]), ("DA", known.released.replace("-", "/")), ("ET", known.version)]
    lines += [("UR", known.url), ("N1", f"Release digest (SHA-256) {release.digest}"), ("ER", "")]
    return "\n".join(f"{tag}  - {value}" for tag, value in lines)


def _cff(release: Release) -> str:
    entry = f'  - type: other\n    value: "sha256:{release.digest}"\n    description: digest of the release\n'
    text = facts(release).text.rstrip("\n") + "\n"
    if "\nidentifiers:\n" in text:
        return text.replace("\nidentifiers:\n", f"\nidentifiers:\n{entry}", 1).rstrip("\n")
    return f"{text}identifiers:\n{entry}".rstrip("\n")


def _tex(text: str) -> str:
    return "".join(_LITERAL.get(character, character) for character in text)
