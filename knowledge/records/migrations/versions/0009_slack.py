"""slack: canvases, approvals, nudges, preferences and deliveries"""

from alembic import op
import sqlalchemy as sa

revision = '0009'
down_revision = '0008'


def upgrade() -> None:
    op.create_table(
        'approval_requests',
        sa.Column('id', sa.String(), nullable=False),
        sa.Column('account_id', sa.String(), nullable=False),
        sa.Column('opportunity_id', sa.String(), nullable=True),
        sa.Column('policy_id', sa.String(), nullable=False),
        sa.Column('subject', sa.String(), nullable=False),
        sa.Column('value', sa.BigInteger(), nullable=False),
        sa.Column('unit', sa.String(), nullable=True),
        sa.Column('sentence', sa.String(), nullable=True),
        sa.Column('why', sa.String(), nullable=False),
        sa.Column('asked_by', sa.String(), nullable=False),
        sa.Column('asked_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('approver', sa.String(), nullable=False),
        sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('status', sa.String(), nullable=False),
        sa.Column('granted', sa.BigInteger(), nullable=True),
        sa.Column('decided_by', sa.String(), nullable=True),
        sa.Column('decided_at', sa.DateTime(timezone=True), nullable=True),
        sa.Column('reason', sa.String(), nullable=True),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_approval_requests')),
    )
    op.create_index(op.f('ix_approval_requests_account_id'), 'approval_requests', ['account_id'])
    op.create_index(op.f('ix_approval_requests_approver'), 'approval_requests', ['approver'])
    op.create_index(op.f('ix_approval_requests_asked_by'), 'approval_requests', ['asked_by'])
    op.create_index(op.f('ix_approval_requests_status'), 'approval_requests', ['status'])
    op.create_table(
        'approval_events',
        sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
        sa.Column('request_id', sa.String(), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('who', sa.String(), nullable=False),
        sa.Column('what', sa.String(), nullable=False),
        sa.Column('detail', sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_approval_events')),
    )
    op.create_index(op.f('ix_approval_events_request_id'), 'approval_events', ['request_id'])
    op.create_table(
        'canvases',
        sa.Column('canvas_id', sa.String(), nullable=False),
        sa.Column('account_id', sa.String(), nullable=False),
        sa.Column('channel', sa.String(), nullable=True),
        sa.Column('language', sa.String(), nullable=False),
        sa.Column('created_by', sa.String(), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('status', sa.String(), nullable=False),
        sa.PrimaryKeyConstraint('canvas_id', name=op.f('pk_canvases')),
    )
    op.create_index(op.f('ix_canvases_account_id'), 'canvases', ['account_id'])
    op.create_table(
        'canvas_sections',
        sa.Column('canvas_id', sa.String(), nullable=False),
        sa.Column('section', sa.String(), nullable=False),
        sa.Column('slack_section', sa.String(), nullable=True),
        sa.Column('digest', sa.String(), nullable=False),
        sa.Column('refs', sa.JSON(), nullable=False),
        sa.Column('written_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('status', sa.String(), nullable=False),
        sa.PrimaryKeyConstraint('canvas_id', 'section', name=op.f('pk_canvas_sections')),
    )
    op.create_table(
        'nudges',
        sa.Column('user', sa.String(), nullable=False),
        sa.Column('key', sa.String(), nullable=False),
        sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('user', 'key', name=op.f('pk_nudges')),
    )
    op.create_table(
        'preferences',
        sa.Column('user', sa.String(), nullable=False),
        sa.Column('digest', sa.String(), nullable=False),
        sa.Column('hour', sa.Integer(), nullable=False),
        sa.Column('time_zone', sa.String(), nullable=False),
        sa.Column('quiet_from', sa.Integer(), nullable=False),
        sa.Column('quiet_until', sa.Integer(), nullable=False),
        sa.Column('snoozed_until', sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint('user', name=op.f('pk_preferences')),
    )
    op.create_table(
        'deliveries',
        sa.Column('job', sa.String(), nullable=False),
        sa.Column('channel', sa.String(), nullable=False),
        sa.Column('ts', sa.String(), nullable=False),
        sa.Column('posted_at', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('job', name=op.f('pk_deliveries')),
    )


def downgrade() -> None:
    for table in ('deliveries', 'preferences', 'nudges', 'canvas_sections', 'canvases', 'approval_events', 'approval_requests'):
        op.drop_table(table)
