"""The matters (事项): what may be asked of an organ, on which basis, with which materials, how fast.

A definition is data, versioned and immutable once published; no line of code names a matter.
"""
