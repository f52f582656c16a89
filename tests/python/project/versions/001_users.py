"""The first tables, with what is apt to be there already: an extension, a type, a table."""
import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = '001'
down_revision = None


def upgrade():
    op.execute('CREATE EXTENSION IF NOT EXISTS citext')
    op.create_table(
        'users',
        sa.Column('id', sa.Integer, primary_key=True),
        sa.Column('email', postgresql.CITEXT, nullable=False, unique=True),
        sa.Column('s', sa.Enum('open', 'closed', name='status')),
    )
