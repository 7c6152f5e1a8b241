"""The core is tested without Django; only how properties are tried is shared."""

import properties

properties.settings.load_profile("check")
