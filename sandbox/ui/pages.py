"""Stub."""

from flask import Blueprint

bp = Blueprint("ui_pages", __name__)
