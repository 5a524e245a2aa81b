"""Stub."""

from flask import Blueprint

bp = Blueprint("ui_board", __name__)
