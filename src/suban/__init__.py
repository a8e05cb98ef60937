"""Suban 速办: government services without meeting (不见面审批).

The contexts, top to bottom; each may import what stands below it:

config · demo | simulators · web | api · departments · feedback · cases · licences | delivery · exchange ·
catalogue · identity · notices · foundation · kernel
"""
