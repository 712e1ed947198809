"""The command ``nianbao``, which ``python -m pipeline`` is as well."""

from __future__ import annotations

import signal


def main() -> None:
    """Runs the command line of this process. While it is loaded, Ctrl-C ends the process without a word: nothing has begun
    that could be ended better, and nobody wants to see where in an import that was."""
    before = signal.signal(signal.SIGINT, signal.SIG_DFL)
    from pipeline.cli import main as run

    signal.signal(signal.SIGINT, before)
    run()


if __name__ == "__main__":  # worker processes import this module under another name
    main()
