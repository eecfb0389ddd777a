"""The description of a dataset in VoID and DCAT: every number is counted from the data, and no node is blank."""

from __future__ import annotations

import heapq
from hashlib import sha256
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import Literal, NamedNode

from rltkg.corpus.citation import facts
from rltkg.corpus.lines import triples
from rltkg.corpus.prefixes import OWN, PREFIXES
from rltkg.publication.content import short
from rltkg.publication.counts import Counts
from rltkg.publication.forms import FORMS, named
from rltkg.publication.notes import Notes, nodes, slug, term, typed
from rltkg.results.citation import cite

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rltkg.corpus import Release
    from rltkg.corpus.lines import Digest
    from rltkg.publication.content import Content
    from rltkg.publication.places import Written

_DATASET = OWN + "dataset/"
# CITATION.cff names the licence of the code too, which is no part of a dataset.
_LICENCES = {"CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/"}
_MEDIA = "https://www.iana.org/assignments/media-types/"
_LANGUAGE = "http://id.loc.gov/vocabulary/iso639-1/"
_NAMING = {f"<{PREFIXES['rdfs']}label>": "dcterms:title", f"<{PREFIXES['skos']}definition>": "dcterms:description"}


class Dump(NamedTuple):
    """A file of an export: what was written, in which format, and the graph that it holds (None: all)."""

    written: Written
    form: str
    graph: str | None = None


def describe(content: Content, dumps: Iterable[Dump] = ()) -> Notes:
    """Return the description of `content`, and of the files `dumps` that hold it, as triples.

    Only a published release, whole, is described as what CITATION.cff tells of. A part of it is named after its own
    digest; so is anything with files of a user, of which nothing is said on licence and authors.
    """
    digests = {graph: lines.digest() for graph, lines in content.graphs.items()}
    notes = Notes()
    whole = content.release.citable and not content.own and not content.part
    dataset = _DATASET + (content.release.version if whole else _mark(digests))
    notes.kinds(dataset, "dcat:Dataset", "void:Dataset")
    _tell_origin(notes, dataset, content, published=whole)
    total = Counts(line for line, _ in groupby(heapq.merge(*(lines for _, lines in named(content.graphs)))))
    _tell_counts(notes, dataset, total)
    _tell_links(notes, dataset, total)
    notes.say(dataset, "dcterms:language", *nodes(_LANGUAGE + each for each in total.languages))
    for graph, lines in content.graphs.items():
        part = _part(dataset, graph)
        notes.kinds(part, "void:Dataset", "sd:NamedGraph")
        notes.say(dataset, "void:subset", NamedNode(part))
        notes.say(part, "sd:name", NamedNode(graph))
        _tell_counts(notes, part, Counts(lines))
        _tell_sum(notes, part, digests[graph].sha256)
    _tell_names(notes, dataset, content)
    licences = _licences(content.release) if whole else []
    for dump in dumps:
        file = _tell_dump(notes, dataset, dump)
        notes.say(file, "dcterms:license", *licences)
    return notes


def _mark(digests: dict[str, Digest]) -> str:
    """Return a name for what was never published, which tells it from anything else."""
    parts = "".join(f"{digest.sha256}  {graph}\n" for graph, digest in digests.items())
    return f"sha256-{sha256(parts.encode()).hexdigest()[:16]}"


def _part(dataset: str, graph: str) -> str:
    return f"{dataset}/graph/{short(graph) if graph.startswith(OWN) else slug(graph)}"


def _tell_origin(notes: Notes, dataset: str, content: Content, *, published: bool) -> None:
    release = content.release
    if not published:
        names = ", ".join(short(graph) for graph in content.graphs)
        notes.say(dataset, "dcterms:title", Literal(f"{release.version}: graphs {names}", language="en"))
        told = "Not a published release of rltkg as a whole."
        notes.say(dataset, "dcterms:description", Literal(told, language="en"))
        if release.citable and not content.own:
            notes.say(dataset, "dcterms:isPartOf", NamedNode(_DATASET + release.version))
            notes.say(dataset, "dcterms:license", *_licences(release))
        return
    known = facts(release)
    told = (
        f"{known.title}, version {known.version}. Each source is a named graph of its own; every statement tells the "
        "section or page where it stands."
    )
    notes.say(dataset, "dcterms:title", Literal(known.title, language="en"))
    notes.say(dataset, "dcterms:description", Literal(told, language="en"))
    notes.say(dataset, "dcterms:identifier", Literal(f"sha256:{release.digest}"))
    notes.say(dataset, "dcterms:bibliographicCitation", Literal(cite("text", release)))
    notes.say(dataset, "dcterms:issued", typed(known.released, "date"))
    notes.say(dataset, "dcat:version", Literal(known.version))
    notes.say(dataset, "dcat:keyword", *(Literal(each, language="en") for each in known.keywords))
    notes.say(dataset, "dcterms:license", *_licences(release))
    for predicate in ("dcat:landingPage", "foaf:homepage"):
        notes.say(dataset, predicate, NamedNode(known.url))
    for author in known.authors:
        agent = f"{_DATASET}agent/{slug(author)}"
        notes.kinds(agent, "foaf:Agent")
        notes.say(agent, "foaf:name", Literal(author))
        for predicate in ("dcterms:creator", "dcterms:publisher"):
            notes.say(dataset, predicate, NamedNode(agent))


def _licences(release: Release) -> list[NamedNode]:
    return [NamedNode(_LICENCES[each]) for each in facts(release).licences if each in _LICENCES]


def _tell_counts(notes: Notes, dataset: str, counts: Counts) -> None:
    notes.say(dataset, "void:triples", counts.triples)
    notes.say(dataset, "void:entities", counts.entities)
    notes.say(dataset, "void:distinctSubjects", counts.subjects)
    notes.say(dataset, "void:classes", len(counts.classes))
    notes.say(dataset, "void:properties", len(counts.properties))
    notes.say(dataset, "void:vocabulary", *nodes(counts.vocabularies))
    if counts.example:
        notes.say(dataset, "void:exampleResource", NamedNode(counts.example))
    for kind, number in sorted(counts.classes.items()):
        part = f"{dataset}/class/{slug(kind)}"
        notes.say(dataset, "void:classPartition", NamedNode(part))
        notes.say(part, "void:class", NamedNode(kind))
        notes.say(part, "void:entities", number)
    for predicate, number in sorted(counts.properties.items()):
        part = f"{dataset}/property/{slug(predicate)}"
        notes.say(dataset, "void:propertyPartition", NamedNode(part))
        notes.say(part, "void:property", NamedNode(predicate))
        notes.say(part, "void:triples", number)


def _tell_links(notes: Notes, dataset: str, counts: Counts) -> None:
    for (predicate, space), number in sorted(counts.links.items()):
        outside, links = f"{dataset}/outside/{slug(space)}", f"{dataset}/linkset/{slug(space)}/{slug(predicate)}"
        notes.kinds(outside, "void:Dataset")
        notes.say(outside, "void:uriSpace", Literal(space))
        notes.kinds(links, "void:Linkset")
        notes.say(dataset, "void:subset", NamedNode(links))
        notes.say(links, "void:subjectsTarget", NamedNode(dataset))
        notes.say(links, "void:objectsTarget", NamedNode(outside))
        notes.say(links, "void:linkPredicate", NamedNode(predicate))
        notes.say(links, "void:triples", number)


def _tell_names(notes: Notes, dataset: str, content: Content) -> None:
    """Say what the graphs themselves tell of their names, wherever they do."""
    starts = tuple(f"<{graph}> ".encode() for graph in content.graphs)
    for lines in content.graphs.values():
        for triple in triples(line for line in lines if line.startswith(starts)):
            predicate = _NAMING.get(str(triple.predicate))
            if predicate and isinstance(triple.subject, NamedNode) and isinstance(triple.object, Literal):
                notes.say(_part(dataset, triple.subject.value), predicate, triple.object)


def _tell_dump(notes: Notes, dataset: str, dump: Dump) -> str:
    written, form = dump.written, FORMS[dump.form]
    file, place = f"{dataset}/file/{written.name}", f"{dataset}/download/{written.name}"
    notes.kinds(file, "dcat:Distribution")
    notes.say(dataset, "dcat:distribution", NamedNode(file))
    notes.say(_part(dataset, dump.graph) if dump.graph else dataset, "void:dataDump", NamedNode(place))
    what = f"{form.title}, {f'graph {short(dump.graph)}' if dump.graph else 'all graphs'}"
    notes.say(file, "dcterms:title", Literal(f"{written.name} ({what})", language="en"))
    for predicate in ("dcat:accessURL", "dcat:downloadURL"):
        notes.say(file, predicate, NamedNode(place))
    notes.say(file, "dcat:mediaType", NamedNode(_MEDIA + form.media))
    if written.gzip:
        notes.say(file, "dcat:compressFormat", NamedNode(_MEDIA + "application/gzip"))
    notes.say(file, "dcat:byteSize", typed(written.size, "nonNegativeInteger"))
    _tell_sum(notes, file, written.sha256)
    return file


def _tell_sum(notes: Notes, subject: str, value: str) -> None:
    checksum = f"{subject}/sha256"
    notes.kinds(checksum, "spdx:Checksum")
    notes.say(subject, "spdx:checksum", NamedNode(checksum))
    notes.say(checksum, "spdx:algorithm", term("spdx:checksumAlgorithm_sha256"))
    notes.say(checksum, "spdx:checksumValue", typed(value, "hexBinary"))
