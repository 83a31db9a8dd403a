"""Training the network of a model further, by verdicts of this computer and their image crops.

Only the last layers learn; the penalty of every step away from the weights that the model came
with is chosen by patients left out in turn. The new weights lie in the user's data folder, known
by their hash, and are used only while they are the very file that was judged.
"""
