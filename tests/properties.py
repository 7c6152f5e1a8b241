"""How properties are tried: the same commit gives the same answer, on a slow machine too.

``--hypothesis-profile=search`` looks for new cases instead.
"""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "check", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("search", deadline=None, suppress_health_check=[HealthCheck.too_slow])
