"""How good results are against a truth: arrays in, figures out.

Each figure's definition and source stand at its function. What is drawn anew to tell how sure a
figure is, are always patients with all that is theirs, never scans, lesions or voxels alone.
"""
