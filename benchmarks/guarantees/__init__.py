"""Whether statistical promises hold: how often they are kept, over thousands of made-up studies."""
