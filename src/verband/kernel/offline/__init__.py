"""The script that verifies an exported audit tree without Verband."""
