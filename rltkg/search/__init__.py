"""Search: finds things and statements by the words that people type, and describes one with all that is known of it."""
