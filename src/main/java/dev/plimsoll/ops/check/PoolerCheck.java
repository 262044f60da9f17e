package dev.plimsoll.ops.check;

import dev.plimsoll.ops.Database;
import dev.plimsoll.ops.check.Finding.Fault;
import dev.plimsoll.ops.check.Finding.Fine;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.PGConnection;

/**
 * Whether a pooler such as PgBouncer stands before the database, and hands its sessions out by the transaction.
 *
 * <p>A pooler makes up the process id it tells at the beginning, so that one differs from what the session itself says. By the
 * transaction means: what one client set in its session another one finds there, or the first no longer does.
 */
public record PoolerCheck(Database database) {
    private static final String SUBJECT = "pooler";

    private static final String WHAT_TO_DO =
            "A pooler before the database hands out sessions by the transaction (pool_mode=transaction): migrations lock by"
                    + " session, couriers LISTEN, and time-outs are set once a session, which would be lost or left to others."
                    + " Lead plimsoll.ops.database-url to PostgreSQL itself, or to a pool with pool_mode=session.";

    /** Empty where nothing is wrong, or the database cannot be reached, which another check says. */
    public Optional<Fault> fault() {
        return finding() instanceof Fault fault ? Optional.of(fault) : Optional.empty();
    }

    Finding finding() {
        try (var one = DatabaseCheck.connect(database, database.engine())) {
            if (one.unwrap(PGConnection.class).getBackendPID() == backend(one)) {
                return new Fine(SUBJECT, "none: connections lead to PostgreSQL itself");
            }
            return isShared(one)
                    ? new Fault(SUBJECT, WHAT_TO_DO)
                    : new Fine(SUBJECT, "one that keeps a session for each connection");
        } catch (SQLException e) {
            return new Fine(SUBJECT, "not looked for, as the database does not answer");
        }
    }

    /** While the first rests, another takes part in what was its session. */
    private boolean isShared(Connection one) throws SQLException {
        var first = backend(one);
        try (var other = DatabaseCheck.connect(database, database.engine())) {
            other.setAutoCommit(false);
            var second = backend(other);
            return first == second || backend(one) != first;
        }
    }

    private static int backend(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("select pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }
}
