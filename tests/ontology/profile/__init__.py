"""The OWL 2 DL profile, judged by the OWL API, whose Java runs in a process of its own."""
