"""words: the word index, derived from passages"""

from alembic import op

revision = '0002'
down_revision = '0001'


def upgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        # The stems are ours, so the tokenizer only has to split at spaces: `ascii` takes every
        # character beyond ASCII for a letter, whatever Unicode version SQLite was built with.
        op.execute("CREATE VIRTUAL TABLE words USING fts5(heading, body, tokenize = 'ascii')")
        op.execute("CREATE VIRTUAL TABLE words_terms USING fts5vocab('words', 'row')")
        # SQLite gives the number of a deleted passage to the next one: its words must be gone.
        op.execute(
            'CREATE TRIGGER passages_words AFTER DELETE ON passages '
            'BEGIN DELETE FROM words WHERE rowid = old.id; END'
        )
        return
    op.execute(
        'CREATE TABLE words ('
        'passage_id INTEGER CONSTRAINT pk_words PRIMARY KEY '
        'CONSTRAINT fk_words_passage_id_passages REFERENCES passages (id) ON DELETE CASCADE, '
        'stems TSVECTOR NOT NULL, '
        'length INTEGER NOT NULL)'
    )
    op.execute('CREATE INDEX ix_words_stems ON words USING gin (stems)')


def downgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        op.execute('DROP TRIGGER passages_words')
        op.execute('DROP TABLE words_terms')
    op.execute('DROP TABLE words')
