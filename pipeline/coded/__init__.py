"""Tables of figures that people have coded: their formats, their layout, their cells."""
