"""A table that refers to another, an index, and rows."""
import sqlalchemy as sa
from alembic import op

revision = '002'
down_revision = '001'


def upgrade():
    posts = op.create_table(
        'posts',
        sa.Column('id', sa.Integer, primary_key=True),
        sa.Column('user_id', sa.Integer, sa.ForeignKey('users.id')),
    )
    op.create_index('posts_user_id', 'posts', ['user_id'])
    op.execute("INSERT INTO users (email, s) VALUES ('A', 'open')")
    op.bulk_insert(posts, [{'id': 1, 'user_id': 1}])
