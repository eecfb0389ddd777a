"""Names and words for labels and sentences, numbered: the same number always gives the same words.

Nothing in them is true of anything: countries are made of syllables, and what is said of diseases is said by chance.
"""

from __future__ import annotations

SUBJECTS = (
    "referral", "dosimetry", "waste handling", "staff planning", "tumour boards", "treatment rooms", "imaging capacity",
    "isotope supply", "transport of isotopes", "reimbursement", "tariffs", "data collection", "patient information",
    "radiation safety", "training posts", "specialist nurses", "medical physics", "radiopharmacy", "care pathways",
    "clinical trials", "registries", "follow-up", "awareness among physicians", "awareness among patients", "licensing",
    "horizon scanning", "commissioning", "funding of research", "shielded beds", "discharge rules", "waiting times",
    "travel to centres", "quality assurance", "team roles", "shared decisions", "political support", "budget planning",
    "cancer networks", "rare cancer policy", "generators and reactors", "legislation on radiation",
    "guideline updates", "outcome measures", "progression-free survival", "overall survival", "quality of life",
    "symptom relief", "toxicity", "cost of treatment", "second opinions", "early diagnosis", "companion imaging",
    "multidisciplinary care", "health technology assessment", "regional planning", "public procurement",
    "patient organisations", "audit", "equity of access", "hospital exemptions",
)  # fmt: skip
QUALITIES = (
    "national", "regional", "local", "early", "late", "shared", "central", "joint", "routine", "planned", "public",
    "private", "clinical", "academic", "long-term", "short-term", "specialised", "ordinary", "voluntary", "statutory",
)  # fmt: skip
DISEASES = (
    "neuroendocrine neoplasms", "lymphoma", "prostate cancer", "thyroid cancer", "liver cancer", "bone metastases",
    "neuroblastoma", "phaeochromocytoma", "kidney cancer", "brain tumours", "leukaemia", "breast cancer",
)  # fmt: skip
STAGES = (
    "metastatic",
    "relapsed",
    "inoperable",
    "progressive",
    "early",
    "refractory",
    "receptor-positive",
    "aggressive",
)
BODIES = (
    "Institute for Health", "Cancer Society", "Society of Nuclear Medicine", "Medicines Agency", "Ministry of Health",
    "Cancer Network", "Patients' Alliance", "Research Council", "Hospital Federation", "Oncology Group",
    "Radiation Protection Office", "Health Fund",
)  # fmt: skip
ROLES = (
    "clinicians", "commissioners", "hospital managers", "decision-makers", "researchers", "nurses",
    "medical physicists", "patients", "radiopharmacists", "funders", "regulators", "companies", "referring physicians",
    "nuclear medicine staff",
)  # fmt: skip
TIMES = ("currently", "so far", "recently", "most recently", "already", "still", "in the past decade", "increasingly")
HEDGES = ("could", "may", "may help", "can", "limited", "should", "often", "needs", "is needed", "contributes", "over")
_FIRST = ("Vel", "Nor", "Tas", "Mar", "Kel", "Or", "Bel", "Dra", "Sun", "Lor", "Hal", "Quen")
_MIDDLE = ("mo", "da", "li", "ré", "sto", "va", "ni", "ga", "to", "re")
_LAST = ("ria", "land", "via", "nia", "stan", "mark", "dor", "sia")


def country(number: int) -> str:
    """Return the name of a country; the first 960 differ."""
    return _FIRST[number % 12] + _MIDDLE[number // 12 % 10] + _LAST[(number * 7 + number // 120) % 8]


def concept(number: int) -> str:
    """Return the name of a concept, none twice."""
    name = f"{QUALITIES[number // len(SUBJECTS) % len(QUALITIES)]} {SUBJECTS[number % len(SUBJECTS)]}"
    cycle = number // (len(SUBJECTS) * len(QUALITIES))
    return f"{name}, sense {cycle + 1}" if cycle else name


def isotope(number: int) -> str:
    """Return the name of a nuclide that does not exist, none twice."""
    return f"benchium-{201 + number}"
