package dev.plimsoll.ops.check;

import dev.plimsoll.ops.Database;
import dev.plimsoll.ops.check.Finding.Fault;
import dev.plimsoll.ops.check.Finding.Fine;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.postgresql.Driver;

/**
 * Whether a database keeps what it was told, and whether its roles are held by the row-level policies.
 *
 * <p>Asked as each role, because a role may carry settings of its own.
 */
public record DatabaseCheck(Database database) {
    private static final int OLDEST_VERSION = 150_000;
    private static final String CONNECT_SECONDS = "5";

    /** What JDBC and PostgreSQL say of it. */
    private static final Pattern TLS = Pattern.compile("(?i)\\bSSL\\b|certificat|hostname .*verif|no encryption");

    private static final String DURABILITY = """
            select current_setting('server_version_num')::int,
                   current_setting('server_version'),
                   current_setting('fsync'),
                   current_setting('synchronous_commit')
            """;

    private static final String SUPERUSER =
            "is or may become a superuser: give Plimsoll a role of its own, made with NOSUPERUSER";

    private static final String RANK = """
            select exists (select from pg_roles other
                           where other.rolsuper and pg_has_role(current_user, other.oid, 'member'))
            """;

    /** The worst of a role and of every role it may become. */
    private static final String POWERS = """
            select coalesce(bool_or(other.rolsuper), false),
                   coalesce(bool_or(other.rolbypassrls), false),
                   exists (select from pg_class table_
                           where table_.relkind in ('r', 'p')
                             and table_.relnamespace = 'public'::regnamespace
                             and pg_has_role(current_user, table_.relowner, 'member')),
                   coalesce(bool_or(other.rolname = ? and other.rolname <> current_user), false)
            from pg_roles other
            where pg_has_role(current_user, other.oid, 'member')
            """;

    /** All there is to say; faults of a role that cannot log in stand for it. */
    public List<Finding> findings() {
        return Stream.of(
                        database.hasOwner() ? ofOwner() : List.<Finding>of(),
                        login(database.api(), this::durabilityAndPowers),
                        login(database.engine(), this::durabilityAndPowers))
                .flatMap(List::stream)
                .toList();
    }

    /** What the one that migrates stands on. */
    public List<Finding> ofOwner() {
        return login(database.owner(), this::durabilityAndRank);
    }

    /** What a check asks of one connection. */
    @FunctionalInterface
    private interface Look {
        List<Finding> at(Connection connection, Database.Login role) throws SQLException;
    }

    private List<Finding> login(Database.Login role, Look look) {
        try (var connection = connect(database, role)) {
            return look.at(connection, role);
        } catch (SQLException e) {
            return List.of(new Fault(subject(role), refusal(role, e)));
        }
    }

    private String refusal(Database.Login role, SQLException e) {
        var why = oneLine(e);
        return TLS.matcher(why).find()
                ? ("There is no trusted TLS to the database %s (%s): put the PEM file of its authority into"
                                + " plimsoll.ops.database-ca, and into plimsoll.ops.database-url the name it has in its certificate.")
                        .formatted(database.url(), why)
                : "The database %s does not let %s in (%s): check plimsoll.ops.database-url and the role's password."
                        .formatted(database.url(), role.user(), why);
    }

    public static Connection connect(Database database, Database.Login role) throws SQLException {
        var login = new Properties();
        login.setProperty("user", role.user());
        login.setProperty("password", role.password());
        login.setProperty("connectTimeout", CONNECT_SECONDS);
        login.setProperty("socketTimeout", CONNECT_SECONDS);
        login.setProperty("ApplicationName", "plimsoll check");
        return new Driver().connect(database.jdbcUrl(), login);
    }

    private List<Finding> durabilityAndRank(Connection connection, Database.Login role) throws SQLException {
        return Stream.concat(durability(connection, role).stream(), rank(connection, role).stream())
                .toList();
    }

    private List<Finding> durabilityAndPowers(Connection connection, Database.Login role) throws SQLException {
        return Stream.concat(durability(connection, role).stream(), powers(connection, role).stream())
                .toList();
    }

    private List<Finding> durability(Connection connection, Database.Login role) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(DURABILITY)) {
            row.next();
            var faults = Stream.of(
                            version(role, row.getInt(1), row.getString(2)).stream(),
                            setting(role, "fsync", row.getString(3)).stream(),
                            setting(role, "synchronous_commit", row.getString(4)).stream())
                    .flatMap(fault -> fault)
                    .toList();
            return faults.isEmpty()
                    ? List.of(new Fine(
                            subject(role),
                            "PostgreSQL %s, fsync=on, synchronous_commit=on".formatted(row.getString(2))))
                    : faults;
        }
    }

    private static List<Finding> version(Database.Login role, int number, String text) {
        return number >= OLDEST_VERSION
                ? List.of()
                : List.of(new Fault(subject(role), "PostgreSQL is %s: Plimsoll needs 15 or later.".formatted(text)));
    }

    private static List<Finding> setting(Database.Login role, String name, String value) {
        return value.equals("on")
                ? List.of()
                : List.of(new Fault(
                        subject(role),
                        ("The database has %s=%s for %s, so a crash could lose alerts: set it to on, in postgresql.conf"
                                        + " or with ALTER ROLE, ALTER DATABASE or ALTER SYSTEM.")
                                .formatted(name, value, role.user())));
    }

    /** The owner stands above the policies, but not above the server. */
    private static List<Finding> rank(Connection connection, Database.Login role) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(RANK)) {
            row.next();
            return row.getBoolean(1) ? List.of(powerful(role, SUPERUSER)) : List.of();
        }
    }

    private List<Finding> powers(Connection connection, Database.Login role) throws SQLException {
        var stranger = role.equals(database.api()) ? database.engine() : database.owner();
        try (var statement = connection.prepareStatement(POWERS)) {
            statement.setString(1, stranger.user());
            try (var row = statement.executeQuery()) {
                row.next();
                return powers(row, role, stranger);
            }
        }
    }

    private static List<Finding> powers(ResultSet row, Database.Login role, Database.Login stranger)
            throws SQLException {
        var why = row.getBoolean(1)
                ? SUPERUSER
                : row.getBoolean(2)
                        ? "may bypass row-level security: alter role %s nobypassrls".formatted(role.user())
                        : row.getBoolean(3)
                                ? "owns Plimsoll's tables, so their policies do not bind it: let %s own them"
                                        .formatted("plimsoll.ops.database.owner.user")
                                : row.getBoolean(4)
                                        ? "may become %s: revoke %s from %s"
                                                .formatted(stranger.user(), stranger.user(), role.user())
                                        : "";
        return why.isEmpty() ? List.of() : List.of(powerful(role, why));
    }

    private static Fault powerful(Database.Login role, String why) {
        return new Fault(subject(role), "The role %s %s.".formatted(role.user(), why));
    }

    private static String subject(Database.Login role) {
        return "database as " + role.user();
    }

    private static String oneLine(SQLException e) {
        return e.getMessage().strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
