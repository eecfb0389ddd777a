"""Proving that a store holds the release: counts, digests, and where they differ triple by triple, with a receipt."""

from rltkg.loading.verify.receipt import receipt, receipt_place, write_receipt
from rltkg.loading.verify.run import Verification, verify

__all__ = ["Verification", "receipt", "receipt_place", "verify", "write_receipt"]
