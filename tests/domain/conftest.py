"""Property tests: no deadline (a busy machine is no failure), more examples in the long run."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("quick", deadline=None)
settings.register_profile("long", deadline=None, max_examples=5000)
settings.load_profile("long" if os.environ.get("TUICRM_LONG") == "1" else "quick")
