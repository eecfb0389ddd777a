"""Writing: the one layout of Turtle files, with the comments that people put into them, and repairs in their text."""
