"""asks: what people tell us between exports, asks, lessons and self-checks"""

from alembic import op
import sqlalchemy as sa

revision = '0008'
down_revision = '0007'


def upgrade() -> None:
    op.create_table(
        'held',
        sa.Column('source_id', sa.String(), nullable=False),
        sa.Column('topic', sa.String(), nullable=False),
        sa.Column('fields', sa.JSON(), nullable=False),
        sa.Column('was', sa.JSON(), nullable=False),
        sa.Column('said_by', sa.String(), nullable=False),
        sa.Column('said_on', sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint('source_id', 'topic', name=op.f('pk_held')),
    )
    op.create_table(
        'captured_messages',
        sa.Column('key', sa.String(), nullable=False),
        sa.Column('source_id', sa.String(), nullable=False),
        sa.Column('account_id', sa.String(), nullable=False),
        sa.Column('captured_by', sa.String(), nullable=False),
        sa.Column('captured_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint('key', 'source_id', name=op.f('pk_captured_messages')),
    )
    op.create_index(op.f('ix_captured_messages_account_id'), 'captured_messages', ['account_id'])
    op.create_index(op.f('ix_captured_messages_source_id'), 'captured_messages', ['source_id'])
    op.create_table(
        'asks',
        sa.Column('id', sa.String(), nullable=False),
        sa.Column('account_id', sa.String(), nullable=False),
        sa.Column('text', sa.String(), nullable=False),
        sa.Column('target', sa.String(), nullable=False),
        sa.Column('owner', sa.String(), nullable=True),
        sa.Column('due_on', sa.Date(), nullable=True),
        sa.Column('status', sa.String(), nullable=False),
        sa.Column('asked_by', sa.String(), nullable=False),
        sa.Column('asked_on', sa.Date(), nullable=False),
        sa.Column('closed_by', sa.String(), nullable=True),
        sa.Column('closed_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('answer', sa.String(), nullable=True),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_asks')),
    )
    op.create_index(op.f('ix_asks_account_id'), 'asks', ['account_id'])
    op.create_index(op.f('ix_asks_status'), 'asks', ['status'])
    op.create_table(
        'imperative_checks',
        sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
        sa.Column('imperative', sa.String(), nullable=False),
        sa.Column('score', sa.Integer(), nullable=False),
        sa.Column('evidence', sa.String(), nullable=False),
        sa.Column('checked_by', sa.String(), nullable=False),
        sa.Column('checked_on', sa.Date(), nullable=False),
        sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_imperative_checks')),
    )
    op.create_index(op.f('ix_imperative_checks_imperative'), 'imperative_checks', ['imperative'])
    op.create_table(
        'lesson_uses',
        sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
        sa.Column('lesson', sa.String(), nullable=False),
        sa.Column('account_id', sa.String(), nullable=False),
        sa.Column('acted', sa.Boolean(), nullable=False),
        sa.Column('why', sa.String(), nullable=True),
        sa.Column('told_by', sa.String(), nullable=False),
        sa.Column('told_on', sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_lesson_uses')),
    )
    op.create_index(op.f('ix_lesson_uses_account_id'), 'lesson_uses', ['account_id'])
    op.create_index(op.f('ix_lesson_uses_lesson'), 'lesson_uses', ['lesson'])


def downgrade() -> None:
    for table in ('lesson_uses', 'imperative_checks', 'asks', 'captured_messages', 'held'):
        op.drop_table(table)
