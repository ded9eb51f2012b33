"""Equal histories for the tool and for Alembic: a straight line of revisions, each of which creates one table."""
import shutil
import subprocess

DATABASE = "app.db"


def identifier(number):
    return f"{number:012x}"


class Side:
    """A project folder and the program that works in it."""

    def __init__(self, folder, program):
        self.folder, self.program = folder, str(program)

    def run(self, arguments):
        subprocess.run([self.program, *arguments], cwd=self.folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def fill(self, size, model):
        if not self.folder.exists():
            self.folder.mkdir()
            self.run(["init", "alembic"])
            ini = self.folder / "alembic.ini"
            lines = ini.read_text().splitlines()
            ini.write_text("\n".join(f"sqlalchemy.url = sqlite:///{DATABASE}" if line.startswith("sqlalchemy.url") else line for line in lines) + "\n")
            for number in range(1, size + 1):
                name = f"{identifier(number)}_table_{number}{self.extension}"
                (self.versions / name).write_text(self.revision(number, identifier(number), identifier(number - 1) if number > 1 else None))
        if model:
            self.model(size)

    def stand_at(self, applied):
        """The database as each run finds it: with the first so many revisions applied."""
        self.before = self.folder / f"{applied}-applied.db"
        if self.before.exists():
            return
        (self.folder / DATABASE).write_bytes(b"")
        if applied:
            # Thousands of tables would be the database's time, not the command's.
            self.run(["upgrade" if applied <= 1000 else "stamp", identifier(applied)])
        shutil.copy(self.folder / DATABASE, self.before)

    def reset(self, warm):
        """The shell command that makes everything as it was."""
        kept = f"cp {self.before} {DATABASE}; rm -f {self.versions}/*_x{self.extension}"
        return kept if warm else f"{kept}; rm -rf {self.kept}"

    @property
    def versions(self):
        return self.folder / "alembic" / "versions"


class Ours(Side):
    extension = ".cs"
    kept = "$ALEMBIC_CACHE_DIR"

    def revision(self, number, this, down):
        revises = f'[Revises("{down}")]\n' if down else ""
        return f"""// table {number}
//
// Revision ID: {this}
// Revises: {down or ""}
// Create Date: 2026-11-22 14:41:21.123456

using Alembic;
using Alembic.Schema;

[Revision("{this}")]
{revises}file sealed class Table{number} : Migration
{{
    public override void Upgrade(Op op)
    {{
        op.CreateTable("t{number}",
        [
            new Column("id", SqlType.Integer, primaryKey: true),
            new Column("name", SqlType.String(50), nullable: false),
            new Column("note", SqlType.Text),
        ]);
    }}

    public override void Downgrade(Op op)
    {{
        op.DropTable("t{number}");
    }}
}}
"""

    def model(self, size):
        table = """
        new Table("t{0}",
        [
            new Column("id", SqlType.Integer, primaryKey: true),
            new Column("name", SqlType.String(50), nullable: false),
            new Column("note", SqlType.Text),
        ]),"""
        (self.folder / "alembic" / "env.cs").write_text(f"""using Alembic;
using Alembic.Schema;

public sealed class Env : MigrationEnvironment
{{
    public override MetaData? TargetMetadata => new(
    [{"".join(table.format(number) for number in range(1, size + 2))}
    ]);
}}
""")


class Theirs(Side):
    extension = ".py"
    kept = "alembic/__pycache__ alembic/versions/__pycache__"

    def revision(self, number, this, down):
        return f'''"""table {number}

Revision ID: {this}
Revises: {down or ""}
Create Date: 2026-11-22 14:41:21.123456

"""
from alembic import op
import sqlalchemy as sa


# revision identifiers, used by Alembic.
revision = {this!r}
down_revision = {down!r}
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "t{number}",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(50), nullable=False),
        sa.Column("note", sa.Text()),
    )


def downgrade() -> None:
    op.drop_table("t{number}")
'''

    def model(self, size):
        env = self.folder / "alembic" / "env.py"
        table = 'sa.Table("t{0}", target_metadata, sa.Column("id", sa.Integer(), primary_key=True), sa.Column("name", sa.String(50), nullable=False), sa.Column("note", sa.Text()))\n'
        tables = "".join(table.format(number) for number in range(1, size + 2))
        env.write_text(env.read_text().replace("target_metadata = None", "import sqlalchemy as sa\n\ntarget_metadata = sa.MetaData()\n" + tables))
