"""erasures: who was erased, as marks that nobody can read"""

from alembic import op
import sqlalchemy as sa

revision = '0014'
down_revision = '0013'


def upgrade() -> None:
    op.create_table(
        'erasures',
        sa.Column('id', sa.Integer(), autoincrement=True, nullable=False),
        sa.Column('erased_on', sa.Date(), nullable=False),
        sa.Column('ours', sa.Boolean(), nullable=False),
        sa.Column('salt', sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_erasures')),
    )
    op.create_table(
        'erased_marks',
        sa.Column('digest', sa.String(length=32), nullable=False),
        sa.Column('erasure_id', sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ['erasure_id'], ['erasures.id'], name=op.f('fk_erased_marks_erasure_id_erasures')
        ),
        sa.PrimaryKeyConstraint('digest', 'erasure_id', name=op.f('pk_erased_marks')),
    )


def downgrade() -> None:
    op.drop_table('erased_marks')
    op.drop_table('erasures')
