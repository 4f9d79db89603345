"""digests: on which day the weekly one comes, and which accounts are snoozed"""

from alembic import op
import sqlalchemy as sa

revision = '0011'
down_revision = '0010'


def upgrade() -> None:
    op.add_column(
        'preferences', sa.Column('weekday', sa.Integer(), nullable=False, server_default='0')
    )
    op.create_table(
        'account_snoozes',
        sa.Column('user', sa.String(), nullable=False),
        sa.Column('account_id', sa.String(), nullable=False),
        sa.Column('until', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('user', 'account_id', name=op.f('pk_account_snoozes')),
    )


def downgrade() -> None:
    op.drop_table('account_snoozes')
    op.drop_column('preferences', 'weekday')
