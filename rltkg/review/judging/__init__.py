"""Judging: what of a difference breaks what others have built on the release, what adds to it, what corrects it."""
