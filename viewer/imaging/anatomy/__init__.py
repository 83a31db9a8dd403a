"""Anatomy by rules, without a network: values in, labels and honest words out.

`structures` is the list of what can be looked for, `result` what is said of it, `ground` the
upright grids that all rules work on, `region` which part of the body is there. `body`, `chest`,
`skeleton`, `tissues`, `abdomen`, `vessels`, `skull` and `brain` hold the rules, each a
pure function of arrays; `find` asks them in order and draws the labels.

Nothing here is learned. A rule that is not sure says so, and one that fails says why.
"""
