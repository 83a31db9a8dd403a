"""Multiple sclerosis on FLAIR of the brain: bright lesions, and their change between two dates.

`pair` brings two dates together half-way, so that both are blurred alike; `features` measures
what changed in units of the noise that is there; a small forest tells change of lesions from
pulsation, edges and choroid plexus; `change` makes lesions of it, with volumes at both dates;
`lesions` marks what is bright at one date by rules. `reader` is what the window asks.
"""
