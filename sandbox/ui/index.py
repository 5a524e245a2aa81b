"""Stub."""

from flask import Blueprint

bp = Blueprint("ui_index", __name__)
