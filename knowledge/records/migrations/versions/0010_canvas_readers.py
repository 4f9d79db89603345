"""canvas readers: who was let into a canvas, and under which heading a section stands"""

from alembic import op
import sqlalchemy as sa

revision = '0010'
down_revision = '0009'


def upgrade() -> None:
    op.add_column(
        'canvases', sa.Column('readers', sa.JSON(), nullable=False, server_default='[]')
    )
    op.execute('ALTER TABLE canvas_sections RENAME COLUMN slack_section TO heading')


def downgrade() -> None:
    op.execute('ALTER TABLE canvas_sections RENAME COLUMN heading TO slack_section')
    op.drop_column('canvases', 'readers')
