"""Models as guests: described by a card, checked before they are let in, and only proposing.

A model is a folder: `model.json` (what it is for, how its input is prepared,
how well it does, the hashes of its files), weights as safetensors, a test
vector. `card` reads and checks it; nothing here ever loads a pickle. torch is
imported only when a network runs.

`second_reader.read` is the whole reading of a chest CT: lungs and airways
(`imaging.lungs`), round spots in them (`imaging.blobs`), outlines and
features (`imaging.features`), and a ranking by a small network together with
the features (`ranking`). `train` makes the weights again.
"""
