"""The journal: what happened in the product, such as questions asked, drafts made, lessons learnt.

Nothing in it is citable: what people tell us about customers enters through `knowledge.intake`.
"""
