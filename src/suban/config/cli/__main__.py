"""`python -m suban.config.cli` is the `suban` command."""

import sys

from suban.config.cli import main

sys.exit(main())
