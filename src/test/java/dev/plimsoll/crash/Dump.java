package dev.plimsoll.crash;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

/** Tables as a backup of the database holds them. */
final class Dump {
    private Dump() {}

    static List<String> tables(Connection sql) throws SQLException {
        var tables = new ArrayList<String>();
        try (var statement = sql.createStatement();
                var rows = statement.executeQuery("""
                        select format('%I.%I', schemaname, tablename)
                        from pg_tables
                        where schemaname not in ('pg_catalog', 'information_schema')
                        order by 1""")) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }

    static byte[] of(Connection sql, String table) throws SQLException, IOException {
        var out = new ByteArrayOutputStream();
        sql.unwrap(PGConnection.class).getCopyAPI().copyOut("copy (select * from " + table + ") to stdout", out);
        return out.toByteArray();
    }
}
