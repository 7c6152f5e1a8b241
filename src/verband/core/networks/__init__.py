"""The network as it was on a day: who sits where, what is missing, what sleeps, what grows back."""
