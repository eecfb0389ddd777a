"""Mutation of the conforming samples: how much of what may go wrong a validation notices."""
