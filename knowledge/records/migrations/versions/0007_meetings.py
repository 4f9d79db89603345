"""meetings: account reviews as meetings, and debriefs"""

from alembic import op
import sqlalchemy as sa

revision = '0007'
down_revision = '0006'


def upgrade() -> None:
    op.create_table(
        'review_meetings',
        sa.Column('id', sa.String(), nullable=False),
        sa.Column('account_id', sa.String(), nullable=True),
        sa.Column('scope', sa.String(), nullable=True),
        sa.Column('held_on', sa.Date(), nullable=False),
        sa.Column('opened_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('opened_by', sa.String(), nullable=False),
        sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('snapshot_id', sa.String(), nullable=True),
        sa.Column('next_on', sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_review_meetings')),
    )
    op.create_index(op.f('ix_review_meetings_account_id'), 'review_meetings', ['account_id'])
    op.create_index(op.f('ix_review_meetings_scope'), 'review_meetings', ['scope'])
    op.create_table(
        'review_decisions',
        sa.Column('meeting_id', sa.String(), nullable=False),
        sa.Column('source_id', sa.String(), nullable=False),
        sa.Column('account_id', sa.String(), nullable=False),
        sa.Column('decided_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('decided_by', sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ['meeting_id'],
            ['review_meetings.id'],
            name=op.f('fk_review_decisions_meeting_id_review_meetings'),
        ),
        sa.PrimaryKeyConstraint('meeting_id', 'source_id', name=op.f('pk_review_decisions')),
    )
    op.create_index(op.f('ix_review_decisions_account_id'), 'review_decisions', ['account_id'])
    op.create_table(
        'kept_plans',
        sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
        sa.Column('account_id', sa.String(), nullable=False),
        sa.Column('kind', sa.String(), nullable=False),
        sa.Column('as_of', sa.Date(), nullable=False),
        sa.Column('made_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('made_by', sa.String(), nullable=False),
        sa.Column('refs', sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_kept_plans')),
    )
    op.create_index(op.f('ix_kept_plans_account_id'), 'kept_plans', ['account_id'])


def downgrade() -> None:
    for table in ('kept_plans', 'review_decisions', 'review_meetings'):
        op.drop_table(table)
