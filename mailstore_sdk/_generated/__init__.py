"""Models, descriptors and methods of every function in the catalogue.

Generated from spec/; change the catalogue and run ``make generate``.
"""
