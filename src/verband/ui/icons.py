"""The few line drawings of the shell, as path data in a box of 24."""

ICONS = {
    "search": '<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5L21 21"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4 21c0-5 4-7 8-7s8 2 8 7"/>',
    "back": '<path d="M15 5l-7 7 7 7"/>',
    "forth": '<path d="M9 5l7 7-7 7"/>',
    "calendar": '<path d="M4 6h16v14H4zM4 10h16M8 3v5M16 3v5"/>',
    "check": '<path d="M4 12.5l5.5 5.5L20 7"/>',
    "tick": '<path d="M4 12.5l5.5 5.5L20 7"/>',
    "cross": '<path d="M5 5l14 14M19 5L5 19"/>',
    "paper": '<path d="M6 3h8l4 4v14H6zM14 3v4h4"/>',
    "menu": '<path d="M4 7h16M4 12h16M4 17h16"/>',
}
