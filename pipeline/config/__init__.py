"""event.toml, a file that people edit by hand: what it may say, and what is wrong with it, line by line."""
