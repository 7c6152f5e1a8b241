"""Answers that the pages of the site need from several parts of the register."""
