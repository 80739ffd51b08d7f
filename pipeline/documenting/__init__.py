"""Reference pages of the documentation, made from what they describe: a page a module, each a function that
gives Markdown. They are kept in docs/reference/, so that they can be read where the code is, and a test fails
if one is not current; `make reference` renews them.
"""
