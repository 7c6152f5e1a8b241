"""Difference between segments: is an answer carried by all, or do interests point apart?"""
