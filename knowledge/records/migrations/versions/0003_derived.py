"""derived: names to find accounts by, and ranked portfolios with what tells that they are stale"""

from alembic import op
import sqlalchemy as sa

revision = '0003'
down_revision = '0002'

# A later migration that copies one of these tables (`batch_alter_table`) loses its triggers.
WATCHED = ('accounts', 'orders', 'opportunities', 'grants')
EVENTS = ('INSERT', 'UPDATE', 'DELETE')
COUNT = 'UPDATE generations SET number = number + 1'
NAME = 'INSERT INTO account_names (account_id, said, key) VALUES (new.id, new.name, NULL)'
FORGET = 'DELETE FROM account_names WHERE account_id = old.id'


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == 'sqlite'
    op.create_table(
        'generations',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('number', sa.Integer() if sqlite else sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_generations')),
    )
    op.execute('INSERT INTO generations (id, number) VALUES (1, 1)')
    op.create_table(
        'account_names',
        sa.Column('account_id', sa.String(), nullable=False),
        sa.Column('said', sa.String(), nullable=False),
        sa.Column('key', sa.String(collation=None if sqlite else 'C'), nullable=True),
        sa.PrimaryKeyConstraint('account_id', name=op.f('pk_account_names')),
    )
    op.create_index('ix_account_names_key', 'account_names', ['key'])
    op.create_index(
        'ix_account_names_owed',
        'account_names',
        ['account_id'],
        sqlite_where=sa.text('key IS NULL'),
        postgresql_where=sa.text('key IS NULL'),
    )
    op.execute('INSERT INTO account_names (account_id, said) SELECT id, name FROM accounts')
    op.create_table(
        'rankings',
        sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
        sa.Column('scope', sa.String(), nullable=False),
        sa.Column('as_of', sa.Date(), nullable=False),
        sa.Column('money', sa.String(), nullable=False),
        sa.Column('generation', sa.Integer() if sqlite else sa.BigInteger(), nullable=False),
        sa.Column('profile', sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_rankings')),
        sa.UniqueConstraint('scope', 'as_of', 'money', name=op.f('uq_rankings_scope')),
    )
    op.create_table(
        'ranks',
        sa.Column('ranking_id', sa.Integer(), nullable=False),
        sa.Column('account_id', sa.String(), nullable=False),
        sa.Column('customer_id', sa.String(), nullable=False),
        sa.Column('rank', sa.Integer(), nullable=False),
        sa.Column('revenue', sa.String(), nullable=False),
        sa.Column('reached', sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ['ranking_id'],
            ['rankings.id'],
            name=op.f('fk_ranks_ranking_id_rankings'),
            ondelete='CASCADE',
        ),
        sa.PrimaryKeyConstraint('ranking_id', 'account_id', name=op.f('pk_ranks')),
        sqlite_with_rowid=False,
    )
    op.create_index('ix_ranks_customer', 'ranks', ['ranking_id', 'customer_id'])
    (_watch_sqlite if sqlite else _watch_postgresql)()


def _watch_sqlite() -> None:
    for table in WATCHED:
        for event in EVENTS:
            name = f'{table}_{event.lower()}_counted'
            op.execute(f'CREATE TRIGGER {name} AFTER {event} ON {table} BEGIN {COUNT}; END')
    for event, then in (
        ('INSERT', NAME),
        ('UPDATE OF id, name', f'{FORGET}; {NAME}'),
        ('DELETE', FORGET),
    ):
        name = f'accounts_{event.split()[0].lower()}_named'
        op.execute(f'CREATE TRIGGER {name} AFTER {event} ON accounts BEGIN {then}; END')


def _watch_postgresql() -> None:
    op.execute(
        'CREATE FUNCTION count_generation() RETURNS trigger LANGUAGE plpgsql AS '
        f'$$ BEGIN {COUNT}; RETURN NULL; END $$'
    )
    for table in WATCHED:
        op.execute(
            f'CREATE TRIGGER {table}_counted AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE '
            f'ON {table} FOR EACH STATEMENT EXECUTE FUNCTION count_generation()'
        )
    op.execute(
        'CREATE FUNCTION name_account() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN '
        f"IF TG_OP <> 'INSERT' THEN {FORGET}; END IF; "
        f"IF TG_OP <> 'DELETE' THEN {NAME}; END IF; RETURN NULL; END $$"
    )
    op.execute(
        'CREATE TRIGGER accounts_named AFTER INSERT OR UPDATE OF id, name OR DELETE ON accounts '
        'FOR EACH ROW EXECUTE FUNCTION name_account()'
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        for table in WATCHED:
            for event in EVENTS:
                op.execute(f'DROP TRIGGER {table}_{event.lower()}_counted')
        for event in EVENTS:
            op.execute(f'DROP TRIGGER accounts_{event.lower()}_named')
    else:
        op.execute('DROP TRIGGER accounts_named ON accounts')
        for table in WATCHED:
            op.execute(f'DROP TRIGGER {table}_counted ON {table}')
        op.execute('DROP FUNCTION name_account()')
        op.execute('DROP FUNCTION count_generation()')
    for table in ('ranks', 'rankings', 'account_names', 'generations'):
        op.drop_table(table)
