"""Endpoints: which ones the user means, who they are to us, and how bytes go there and back, whole or not at all.

`targets` reads addresses and the user's file of named targets, `dialects` holds what differs between servers,
`credentials` and `digest` prove who asks, `transport` sends queries, updates and graphs. It knows no release.
"""
