"""The Django kernel: two times, use cases, permissions, audit, announcements."""
