using Alembic.Operations;
using Alembic.Schema;

namespace Alembic.Databases.MySql;

/// <content>Drops constraints, with the index that came with a foreign key.</content>
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
        // The server created an index for the key, under the same name, and keeps it.
        if (drop.Type == ConstraintType.ForeignKey)
            foreach (var text in DropLeftIndex(drop, session))
                yield return new Statement(text);
    }

    // MySQL's scripts have no conditions: a statement prepared in the script decides.
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

    // An index that another key depends on stays. This may run before the key is dropped.
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

    // All versions know the clauses for each kind; only newer versions know the one without a kind.
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
