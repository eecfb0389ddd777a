"""Review: what differs between two releases, in words: statements, things, terms, links, and answers, row by row.

The difference of the triples is exact; words tell it, and what words do not cover is listed as it is. A review is plain
data (`form`), which `text` and `markdown` show. `markdown` and `comment` need nothing but the standard library, so that
a job with rights on a pull request can show the data of a job without any.
"""
