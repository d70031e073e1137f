"""`python -m pochade.cli`."""

import sys

from pochade.cli import main

if __name__ == "__main__":
    sys.exit(main())
