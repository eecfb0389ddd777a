"""How a verb gives out several files: as a folder, in one step."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from rltkg.errors import InputError


def give_folder(files: dict[str, bytes], output: str) -> str:
    """Write `files` (name to content) as the folder `output`, in one step; return what to say of it on stderr.

    Raises InputError where the folder holds something already or cannot be written.
    """
    path = Path(output)
    place = path.resolve()
    scratch = place.with_name(f".{place.name[:100]}.{os.getpid()}")
    try:
        if place.is_dir() and any(place.iterdir()):
            raise InputError(f"-o {output}: the folder holds files already; name a new one, or empty it")
        scratch.mkdir()
        for name, content in files.items():
            (scratch / name).write_bytes(content)
        scratch.replace(place)
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror or error}); name another folder") from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return f", written to {path}{os.sep}"
