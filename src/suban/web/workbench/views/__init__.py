"""Views of the workbench: parse, one gate, one service or query, answer."""
