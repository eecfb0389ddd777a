"""The words of SPARQL: those that a query may hold, and those that would change data or leave the graph."""

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
PROLOGUE = ("BASE", "PREFIX", "VERSION")
UPDATES = frozenset(("ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "LOAD", "MOVE", "USING", "WITH"))
MODIFIERS = ("GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES")

AGGREGATES = {
    "AVG": (1, 1),
    "COUNT": (1, 1),
    "GROUP_CONCAT": (1, 1),
    "MAX": (1, 1),
    "MIN": (1, 1),
    "SAMPLE": (1, 1),
    "SUM": (1, 1),
}
_ONE = (
    "ABS BOUND CEIL DATATYPE DAY ENCODE_FOR_URI FLOOR HOURS IRI ISBLANK ISIRI ISLITERAL ISNUMERIC ISURI LANG LCASE MD5 "
    "MINUTES MONTH ROUND SECONDS SHA1 SHA256 SHA384 SHA512 STR STRLEN TIMEZONE TZ UCASE URI YEAR "
    "HASLANG HASLANGDIR ISTRIPLE LANGDIR OBJECT PREDICATE SUBJECT"
)
_TWO = "CONTAINS LANGMATCHES SAMETERM STRAFTER STRBEFORE STRDT STRENDS STRLANG STRSTARTS ADJUST"
_ANY = 10_000
# How many arguments each function takes: at least, at most; those of SPARQL 1.2 too.
FUNCTIONS = {
    **dict.fromkeys(("NOW", "RAND", "STRUUID", "UUID"), (0, 0)),
    "BNODE": (0, 1),
    **dict.fromkeys(("CONCAT", "COALESCE"), (0, _ANY)),
    **dict.fromkeys(_ONE.split(), (1, 1)),
    **dict.fromkeys(_TWO.split(), (2, 2)),
    **dict.fromkeys(("IF", "STRLANGDIR", "TRIPLE"), (3, 3)),
    **dict.fromkeys(("REGEX", "SUBSTR"), (2, 3)),
    "REPLACE": (3, 4),
}
_OF_UPDATES = ("ALL", "DATA", "DEFAULT", "INTO", "TO")  # no word of a query, but what stands before them is told first
_OTHERS = (
    "A AS ASC BIND BY DESC DISTINCT EXISTS FALSE FILTER FROM GRAPH IN LATERAL MINUS NAMED NOT OPTIONAL REDUCED "
    "SEPARATOR SERVICE SILENT TRUE UNDEF UNION WHERE"
)
KNOWN = frozenset((*FORMS, *PROLOGUE, *UPDATES, *MODIFIERS, *AGGREGATES, *FUNCTIONS, *_OF_UPDATES, *_OTHERS.split()))
