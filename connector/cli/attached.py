"""`python -m connector.cli.attached COMMAND …`: a command that ends with whoever started it.

The starter holds the other end of standard input and says nothing; when it is gone, however it
went, the input ends, and the command is told to end as by SIGTERM.
"""

import os
import signal
from threading import Thread

from connector.cli.root import main


def end_with_input() -> None:
    # not through sys.stdin, whose lock would be held when the interpreter ends
    while os.read(0, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    Thread(target=end_with_input, name="okr-attached", daemon=True).start()
    main()
