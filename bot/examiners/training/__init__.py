"""Training and export of models; needs the `train` extra, and the running bot never imports it."""
