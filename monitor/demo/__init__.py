"""A small newsroom on loopback, played through the whole pipeline: invented, complete, offline."""
