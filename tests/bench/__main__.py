"""`python -m tests.bench [NAME …]`: every benchmark, or those named; ratios in one run, printed."""

import importlib
import sys
from pathlib import Path


def main() -> None:
    here = Path(__file__).parent
    known = sorted(path.stem for path in here.glob("[a-z]*.py"))
    for name in sys.argv[1:] or known:
        if name not in known:
            sys.exit(f"no benchmark {name}; there are {', '.join(known)}")
        importlib.import_module(f"tests.bench.{name}").main([])


if __name__ == "__main__":
    main()
