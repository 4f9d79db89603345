"""towns and sites: accounts found by what they are called by"""

from alembic import op

revision = '0015'
down_revision = '0014'


def upgrade() -> None:
    op.create_index('ix_accounts_city', 'accounts', ['city'])
    op.create_index('ix_spend_estimates_business_unit', 'spend_estimates', ['business_unit'])


def downgrade() -> None:
    op.drop_index('ix_spend_estimates_business_unit', table_name='spend_estimates')
    op.drop_index('ix_accounts_city', table_name='accounts')
