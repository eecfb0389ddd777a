"""``python -m rltkg`` is the command ``rltkg``."""

from rltkg.cli import main

raise SystemExit(main())
