"""Write every saved reply that comes with Heard as a customer would read it, for people who read that language.

python -m setup.golden           writes heard/replies/library/golden/<language>.txt
python -m setup.golden show cs   prints what a language that is not finished yet has so far
"""

from __future__ import annotations

import os
import sys

import django


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "setup.no_database")
    django.setup()
    from heard.replies.golden import golden, write_golden

    if sys.argv[1:2] == ["show"]:
        print(golden(sys.argv[2]))
    else:
        write_golden()


if __name__ == "__main__":
    main()
