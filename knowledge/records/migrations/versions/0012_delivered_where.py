"""deliveries: found by where they stand"""

from alembic import op

revision = '0012'
down_revision = '0011'


def upgrade() -> None:
    op.create_index('ix_deliveries_place', 'deliveries', ['channel', 'ts'])


def downgrade() -> None:
    op.drop_index('ix_deliveries_place', table_name='deliveries')
