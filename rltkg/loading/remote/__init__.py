"""Loading into an endpoint: plan what to add and remove, say in the store that it is under way, do it, prove it."""

from rltkg.loading.remote.run import RemoteLoaded, load_into

__all__ = ["RemoteLoaded", "load_into"]
