"""conversations: threads, their turns and the drafts made in them"""

revision = '0005'
down_revision = '0004'


def upgrade() -> None:
    pass


def downgrade() -> None:
    pass
