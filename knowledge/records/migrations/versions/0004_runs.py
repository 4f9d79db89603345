"""runs: what every run of a model cost"""

from alembic import op
import sqlalchemy as sa

revision = '0004'
down_revision = '0003'


def upgrade() -> None:
    op.create_table(
        'model_runs',
        sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('user', sa.String(), nullable=False),
        sa.Column('day', sa.Date(), nullable=False),
        sa.Column('task', sa.String(), nullable=False),
        sa.Column('about', sa.String(), nullable=True),
        sa.Column('model', sa.String(), nullable=False),
        sa.Column('prompt', sa.String(), nullable=True),
        sa.Column('prompt_version', sa.Integer(), nullable=True),
        sa.Column('prompt_hash', sa.String(), nullable=True),
        sa.Column('tokens_in', sa.Integer(), nullable=False),
        sa.Column('tokens_cached', sa.Integer(), nullable=False),
        sa.Column('tokens_out', sa.Integer(), nullable=False),
        sa.Column('cost_micros', sa.BigInteger(), nullable=True),
        sa.Column('milliseconds', sa.Integer(), nullable=False),
        sa.Column('attempts', sa.Integer(), nullable=False),
        sa.Column('outcome', sa.String(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_model_runs')),
    )
    op.create_index('ix_model_runs_spent', 'model_runs', ['user', 'day'])
    op.create_index(op.f('ix_model_runs_about'), 'model_runs', ['about'])


def downgrade() -> None:
    op.drop_table('model_runs')
