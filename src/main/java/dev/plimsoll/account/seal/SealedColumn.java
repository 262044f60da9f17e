package dev.plimsoll.account.seal;

/**
 * A column whose values are sealed under a master key.
 *
 * @param table quoted for SQL
 * @param name  quoted for SQL
 */
public record SealedColumn(String table, String name) {
    /** All there are, as {@code t} and {@code c}. Whatever is called so is sealed: a table that comes later is found by itself. */
    public static final String ALL = """
            select format('%I', c.table_name) as t, format('%I', c.column_name) as c
            from information_schema.columns c
            join information_schema.tables t using (table_schema, table_name)
            where c.table_schema = current_schema()
              and t.table_type = 'BASE TABLE'
              and c.data_type = 'bytea'
              and (c.column_name = 'sealed' or c.column_name like '%\\_sealed')
            order by 1, 2
            """;

    /** In SQL: under which key a value is sealed. After four bytes of length and one that says Tink stand four with its id. */
    public static String keyOf(String column) {
        return "encode(substring(%s from 6 for 4), 'hex')".formatted(column);
    }

    /** This SQL, about this column: {@code $key} is what its value is sealed under. */
    public String sql(String text) {
        return text.replace("$table", table).replace("$column", name).replace("$key", keyOf(name));
    }
}
