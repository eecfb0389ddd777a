"""What the figures were measured on: machine, versions, commit, day. No names of hosts or people."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("rltkg", "pyoxigraph", "oxrdflib", "rdflib", "pyshacl", "pyshifty", "xlsxwriter")


def machine() -> dict[str, str]:
    """Return what is known of this machine and of the packages that are compared, each as a short text."""
    known = {
        "cores": str(len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()),
        "processor": _first("/proc/cpuinfo", "model name") or platform.processor() or platform.machine(),
        "memory": _memory(),
        "system": f"{platform.system()} {platform.release().split('-')[0]} {platform.machine()}",
        "Python": platform.python_version(),
    }
    return known | {name: held for name in PACKAGES if (held := _version(name))}


def occasion() -> dict[str, str]:
    """Return the day and the commit of this checkout, marked where it holds changes."""
    return {"day": datetime.now(tz=UTC).date().isoformat(), "commit": commit()}


def commit() -> str:
    """Return the short name of the commit, with "+changes" where the tree differs from it; "unknown" without git."""
    try:
        name = _git("rev-parse", "--short=12", "HEAD")
        changed = _git("status", "--porcelain", "--untracked-files=no", "--", "rltkg", "queries", "data", "ontology")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return name + ("+changes" if changed else "")


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S607
    return done.stdout.strip()


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _memory() -> str:
    total = _first("/proc/meminfo", "MemTotal")
    return f"{int(total.split()[0]) / 2**20:.0f} GiB" if total else "unknown"


def _first(path: str, key: str) -> str | None:
    try:
        lines = Path(path).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith(key)), None)
