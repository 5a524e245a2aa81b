"""The command line: what a person or a script asks of the connector."""

from connector.cli.main import main

__all__ = ["main"]
