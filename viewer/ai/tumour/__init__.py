"""Soft-tissue sarcoma on PET, CT and MR: any of the three alone, or together.

One network was taught with images left out at random, so that the same weights read whatever
a study has.
"""
