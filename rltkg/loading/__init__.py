"""Loading: puts a release into a store that stays, and proves that it is there. It knows no query and no screen."""

from rltkg.loading.run import Loaded, load

__all__ = ["Loaded", "load"]
