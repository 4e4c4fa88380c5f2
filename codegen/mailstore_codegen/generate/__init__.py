"""From the catalogue to text: Python, Markdown, OpenAPI."""
