"""From images to the answers of a network and back: what all readers with networks share.

`preparing.prepare` brings the images of a study onto one working grid, upright and spread as the
card says. `running.answered` asks the network for it in tiles that overlap and keeps what it
answers as bytes, 255 for certain. `returning.returned` brings these bytes back to the grid of
the image in front, and `lesions` makes segmentations and findings of them.

`asking.network_runner` chooses what computes: OpenVINO, ONNX Runtime or torch, the fastest that
gives the numbers of the model's test vector. `kept` remembers answers from run to run.

Everything is computed on upright grids (`imaging.upright`), so that the same scan stored in
another order gives the same result at the same place in the patient.
"""
