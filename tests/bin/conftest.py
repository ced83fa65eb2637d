"""The Python parts of the scripts lie beside them, outside of any package."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "bin" / part) for part in ("demo.d", "package.d")]
