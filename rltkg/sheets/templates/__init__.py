"""Templates: empty forms for a contribution, which nothing takes for one until they are filled."""

from rltkg.sheets.templates.sheets import csv_templates, xlsx_template
from rltkg.sheets.templates.turtle import turtle_template

__all__ = ["csv_templates", "turtle_template", "xlsx_template"]
