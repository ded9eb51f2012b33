using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.MySql;

/// <content>Constraints that are dropped, with the index that came with a foreign key.</content>
public sealed partial class MySqlDialect
{
    /// <inheritdoc/>
    protected override string ConstraintOptions(Constraint constraint) =>
        constraint is CheckConstraint { NotEnforced: true, NotValid: false } && !isMariaDb
        ? " NOT ENFORCED"
        : base.ConstraintOptions(constraint);

    private IEnumerable<Statement> Drop(DropConstraint drop, IMigrationSession session)
    {
        yield return new Statement($"ALTER TABLE {Quote(drop.Schema, drop.Table)} DROP {Kind(drop)}");
        // The server made an index for the key, under the same name, and leaves it behind.
        if (drop.Type == ConstraintType.ForeignKey)
            foreach (var text in DropLeftIndex(drop, session))
                yield return new Statement(text);
    }

    // A script of MySQL's can't ask: a statement that is prepared in it does.
    private IEnumerable<string> DropLeftIndex(DropConstraint drop, IMigrationSession session)
    {
        var text =
            $"DROP INDEX {(session.IsOffline && isMariaDb ? "IF EXISTS " : "")}{Quote(drop.Name)} ON {Quote(drop.Schema, drop.Table)}";
        if (!session.IsOffline)
            return session.Query(new Statement(LeftIndex(drop))).Count > 0 ? [text] : [];
        return isMariaDb ? [text]
            : [$"SET @alembic_index = IF(EXISTS ({LeftIndex(drop)}), {Literal(text)}, 'DO 0')", "PREPARE alembic_index FROM @alembic_index",
                "EXECUTE alembic_index", "DEALLOCATE PREPARE alembic_index"];
    }

    // One that another key leans on stays. This may be asked before the key is gone.
    private string LeftIndex(DropConstraint drop) =>
        $"""
        SELECT 1 FROM information_schema.STATISTICS s
        WHERE s.TABLE_SCHEMA = {(drop.Schema is { } schema ? Literal(schema) : "DATABASE()")} AND s.TABLE_NAME = {Literal(drop.Table)}
          AND s.INDEX_NAME = {Literal(drop.Name)}
          AND s.NON_UNIQUE = 1 AND s.SEQ_IN_INDEX = 1
          AND NOT EXISTS (SELECT 1 FROM information_schema.KEY_COLUMN_USAGE k
                          WHERE k.REFERENCED_TABLE_NAME IS NOT NULL AND k.ORDINAL_POSITION = 1
                            AND NOT (k.TABLE_SCHEMA = s.TABLE_SCHEMA AND k.TABLE_NAME = s.TABLE_NAME AND k.CONSTRAINT_NAME = s.INDEX_NAME)
                            AND (k.TABLE_SCHEMA = s.TABLE_SCHEMA AND k.TABLE_NAME = s.TABLE_NAME AND k.COLUMN_NAME = s.COLUMN_NAME
                                 OR k.REFERENCED_TABLE_SCHEMA = s.TABLE_SCHEMA AND k.REFERENCED_TABLE_NAME = s.TABLE_NAME
                                 AND k.REFERENCED_COLUMN_NAME = s.COLUMN_NAME))
        """.ReplaceLineEndings("\n");

    // Each kind has a clause of its own that all versions know; without the kind there is the one of newer versions.
    private string Kind(DropConstraint drop)
    {
        if (drop.IfExists && !isMariaDb)
            throw Lacks("DROP CONSTRAINT IF EXISTS");
        var name = (drop.IfExists ? "IF EXISTS " : "") + Quote(drop.Name);
        return drop.Type switch
        {
            ConstraintType.PrimaryKey => "PRIMARY KEY",
            ConstraintType.Unique => $"INDEX {name}",
            ConstraintType.ForeignKey => $"FOREIGN KEY {name}",
            ConstraintType.Check when !isMariaDb => $"CHECK {name}",
            _ => $"CONSTRAINT {name}",
        };
    }
}
