"""The core as commands: a file goes in, exact numbers come out, errors by row."""
