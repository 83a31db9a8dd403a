"""What in a head CT is unlike the rest: a map learned without a single marked lesion.

`heads` brings slices into one size and finds the inside of the skull; `restoring` is the network
that mends spoiled slices, and what it changes in slices that nobody spoiled is the map; `rivals`
are the plain ways to the same end; `judging` compares all on patients that none of them saw;
`training` does all that; `reader` shows the map. `python -m viewer.ai.train unlike_head_ct`
makes the weights and the figures again.
"""
