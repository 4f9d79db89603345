"""What is known: records, passages, the index, the playbook and the sample."""
