"""aidcli: keep social-assistance lists right, from a cell in a spreadsheet to a yuan on a card."""

__version__ = "0.1.0"
