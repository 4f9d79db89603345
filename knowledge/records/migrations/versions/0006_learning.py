"""learning: cards, reviews of them and role plays"""

from alembic import op
import sqlalchemy as sa

revision = '0006'
down_revision = '0005'

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        'learning_cards',
        sa.Column('learner', sa.String(), nullable=False),
        sa.Column('question_id', sa.String(), nullable=False),
        sa.Column('article', sa.String(), nullable=False),
        sa.Column('prompt', sa.String(), nullable=False),
        sa.Column('state', sa.JSON(), nullable=False),
        sa.Column('due', INSTANT, nullable=False),
        sa.Column('introduced', INSTANT, nullable=False),
        sa.Column('retired', INSTANT, nullable=True),
        sa.PrimaryKeyConstraint('learner', 'question_id', name=op.f('pk_learning_cards')),
    )
    op.create_index(op.f('ix_learning_cards_due'), 'learning_cards', ['due'])
    op.create_table(
        'learning_reviews',
        sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
        sa.Column('learner', sa.String(), nullable=False),
        sa.Column('question_id', sa.String(), nullable=False),
        sa.Column('at', INSTANT, nullable=False),
        sa.Column('grade', sa.String(), nullable=False),
        sa.Column('reply', sa.String(), nullable=True),
        sa.Column('due', INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ['learner', 'question_id'],
            ['learning_cards.learner', 'learning_cards.question_id'],
            name=op.f('fk_learning_reviews_learner_learning_cards'),
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_learning_reviews')),
    )
    op.create_index(op.f('ix_learning_reviews_learner'), 'learning_reviews', ['learner'])
    op.create_table(
        'lessons_read',
        sa.Column('learner', sa.String(), nullable=False),
        sa.Column('lesson', sa.String(), nullable=False),
        sa.Column('at', INSTANT, nullable=False),
        sa.PrimaryKeyConstraint('learner', 'lesson', name=op.f('pk_lessons_read')),
    )
    op.create_table(
        'learning_shares',
        sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
        sa.Column('learner', sa.String(), nullable=False),
        sa.Column('manager', sa.String(), nullable=False),
        sa.Column('agreed', INSTANT, nullable=False),
        sa.Column('revoked', INSTANT, nullable=True),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_learning_shares')),
    )
    op.create_index(op.f('ix_learning_shares_learner'), 'learning_shares', ['learner'])
    op.create_table(
        'role_plays',
        sa.Column('id', sa.String(), nullable=False),
        sa.Column('learner', sa.String(), nullable=False),
        sa.Column('persona', sa.String(), nullable=False),
        sa.Column('account', sa.String(), nullable=False),
        sa.Column('state', sa.JSON(), nullable=False),
        sa.Column('started', INSTANT, nullable=False),
        sa.Column('ended', INSTANT, nullable=True),
        sa.Column('debrief', sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_role_plays')),
    )
    op.create_index(op.f('ix_role_plays_learner'), 'role_plays', ['learner'])
    op.create_table(
        'role_play_lines',
        sa.Column('role_play_id', sa.String(), nullable=False),
        sa.Column('number', sa.Integer(), nullable=False),
        sa.Column('speaker', sa.String(), nullable=False),
        sa.Column('text', sa.String(), nullable=False),
        sa.Column('at', INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ['role_play_id'],
            ['role_plays.id'],
            name=op.f('fk_role_play_lines_role_play_id_role_plays'),
        ),
        sa.PrimaryKeyConstraint('role_play_id', 'number', name=op.f('pk_role_play_lines')),
    )


def downgrade() -> None:
    for table in (
        'role_play_lines',
        'role_plays',
        'learning_shares',
        'lessons_read',
        'learning_reviews',
        'learning_cards',
    ):
        op.drop_table(table)
