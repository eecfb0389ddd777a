"""What an endpoint can do, found out by asking it: what will go wrong for each verb, and the command that will work.

Nothing is changed unless that is asked for; then only in graphs of our own, which are gone at the end.
"""

from rltkg.doctor.findings import Examination, Finding
from rltkg.doctor.run import examine
from rltkg.doctor.text import as_json, as_text

__all__ = ["Examination", "Finding", "as_json", "as_text", "examine"]
