"""Brain extraction by the two networks of the package deepbet, where the user installed it.

The package is neither imported nor required. Its files are TorchScript, which can run code when
it is loaded; here they are never loaded as such. They are ZIP archives in which each array lies
as plain numbers: `deepbet_files` takes these out, if the files have the hashes of deepbet 1.0.2,
and `linknet` builds the same network from them.
"""
