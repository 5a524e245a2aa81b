"""The least that our server and Flask can do: `granian --interface wsgi --factory`."""

from flask import Flask


def create() -> Flask:
    app = Flask(__name__)

    @app.get("/bare")
    def bare() -> str:
        return "ok"

    return app
