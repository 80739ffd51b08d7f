"""Fetching articles (`counterclaim add`): the only room that opens a socket."""
