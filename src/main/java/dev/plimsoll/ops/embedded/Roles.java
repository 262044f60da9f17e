package dev.plimsoll.ops.embedded;

import dev.plimsoll.ops.Refused;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * The three roles and the database, made where they are missing.
 *
 * <p>The owner runs Flyway and owns the schema; the api and the engine role may use it, but make nothing in it.
 */
public record Roles(int port, Passwords passwords) {
    public static final String DATABASE = "plimsoll";
    public static final String OWNER = "plimsoll_owner";
    public static final String API = "plimsoll_api";
    public static final String ENGINE = "plimsoll_engine";

    void prepare() {
        try {
            try (var server = connect("postgres")) {
                role(server, OWNER, passwords.owner());
                role(server, API, passwords.api());
                role(server, ENGINE, passwords.engine());
                if (missing(server, "select 1 from pg_database where datname = '" + DATABASE + "'")) {
                    run(server, "create database %s owner %s".formatted(DATABASE, OWNER));
                }
            }
            try (var database = connect(DATABASE)) {
                run(database, "revoke all on database %s from public".formatted(DATABASE));
                run(database, "grant connect on database %s to %s, %s".formatted(DATABASE, API, ENGINE));
                run(database, "alter schema public owner to " + OWNER);
                run(database, "revoke all on schema public from public");
                run(database, "grant usage on schema public to %s, %s".formatted(API, ENGINE));
            }
        } catch (SQLException e) {
            throw new Refused("The embedded database cannot be prepared: " + e.getMessage(), e);
        }
    }

    private Connection connect(String database) throws SQLException {
        var login = new Properties();
        login.setProperty("user", "postgres");
        login.setProperty("password", passwords.postgres());
        return new Driver().connect("jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database), login);
    }

    private static void role(Connection server, String name, String password) throws SQLException {
        if (missing(server, "select 1 from pg_roles where rolname = '" + name + "'")) {
            run(
                    server,
                    "create role %s login nosuperuser nobypassrls nocreatedb nocreaterole password '%s'"
                            .formatted(name, password));
        }
    }

    private static boolean missing(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            return !rows.next();
        }
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
