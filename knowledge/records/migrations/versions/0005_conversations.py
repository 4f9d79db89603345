"""conversations: threads, their turns and the drafts made in them"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'


def upgrade() -> None:
    instant = sa.DateTime(timezone=True)
    op.create_table(
        'conversation_threads',
        sa.Column('id', sa.String(), nullable=False),
        sa.Column('focus', sa.JSON(), nullable=False),
        sa.Column('language', sa.String(), nullable=True),
        sa.Column('updated_at', instant, nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_conversation_threads')),
    )
    op.create_table(
        'conversation_turns',
        sa.Column('id', sa.String(), nullable=False),
        sa.Column('thread_id', sa.String(), nullable=True),
        sa.Column('asker', sa.String(), nullable=False),
        sa.Column('question', sa.Text(), nullable=False),
        sa.Column('answer', sa.JSON(), nullable=False),
        sa.Column('route', sa.String(), nullable=True),
        sa.Column('language', sa.String(), nullable=False),
        sa.Column('created_at', instant, nullable=False),
        sa.ForeignKeyConstraint(
            ['thread_id'],
            ['conversation_threads.id'],
            name=op.f('fk_conversation_turns_thread_id_conversation_threads'),
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_conversation_turns')),
    )
    for column in ('thread_id', 'asker', 'created_at'):
        op.create_index(op.f(f'ix_conversation_turns_{column}'), 'conversation_turns', [column])
    op.create_table(
        'conversation_feedback',
        sa.Column('run_id', sa.String(), nullable=False),
        sa.Column('giver', sa.String(), nullable=False),
        sa.Column('value', sa.String(), nullable=False),
        sa.Column('comment', sa.Text(), nullable=True),
        sa.Column('created_at', instant, nullable=False),
        sa.PrimaryKeyConstraint('run_id', 'giver', name=op.f('pk_conversation_feedback')),
    )
    op.create_table(
        'conversation_drafts',
        sa.Column('key', sa.String(), nullable=False),
        sa.Column('thread_id', sa.String(), nullable=True),
        sa.Column('asker', sa.String(), nullable=False),
        sa.Column('account_id', sa.String(), nullable=True),
        sa.Column('content', sa.JSON(), nullable=False),
        sa.Column('created_at', instant, nullable=False),
        sa.ForeignKeyConstraint(
            ['thread_id'],
            ['conversation_threads.id'],
            name=op.f('fk_conversation_drafts_thread_id_conversation_threads'),
        ),
        sa.PrimaryKeyConstraint('key', name=op.f('pk_conversation_drafts')),
    )
    for column in ('thread_id', 'asker'):
        op.create_index(op.f(f'ix_conversation_drafts_{column}'), 'conversation_drafts', [column])


def downgrade() -> None:
    for table in (
        'conversation_drafts',
        'conversation_feedback',
        'conversation_turns',
        'conversation_threads',
    ):
        op.drop_table(table)
