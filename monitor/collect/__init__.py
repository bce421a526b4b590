"""Room one: a feed whose turn has come becomes entries worth reading.

claim -> fetch -> parse -> pace -> file   (flow alone knows this order)
"""
