"""The fictional company Varnholt: what a first look at Liaison runs on."""
