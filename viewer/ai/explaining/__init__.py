"""Why a network answered as it did: maps of what its answer hangs on, and whether to trust them.

Every map is tried before it is shown: the same map of a network with shuffled weights must look
otherwise, and hiding what is marked must change the answer more than hiding as much elsewhere.
"""
