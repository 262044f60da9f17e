package dev.plimsoll.ops.check;

import dev.plimsoll.ops.Database;
import dev.plimsoll.ops.check.Finding.Fine;
import dev.plimsoll.ops.check.Finding.Weak;
import dev.plimsoll.oracle.SourceStatus;
import dev.plimsoll.oracle.SourceStatusJson;
import dev.plimsoll.unit.Asset;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/** Which identifiers of the asset file their sources do not know, as the watch last found and published. */
record IdentifiersCheck(Database database) {
    private static final String SUBJECT = "identifiers";
    private static final String PUBLISHED = "select data::text from snapshot where name = 'sources'";

    List<Finding> findings() {
        try (var connection = DatabaseCheck.connect(database, database.engine())) {
            return findings(connection);
        } catch (SQLException e) {
            return List.of(); // of a database that is not there yet, or ill, the other checks tell
        }
    }

    private static List<Finding> findings(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(PUBLISHED)) {
            return row.next()
                    ? findings(new JsonObject(row.getString(1)))
                    : List.of(new Fine(SUBJECT, "not asked for yet: the first tick does it"));
        }
    }

    private static List<Finding> findings(JsonObject published) {
        var weak = published.getJsonArray("items").stream()
                .map(item -> SourceStatusJson.read((JsonObject) item))
                .filter(status -> !status.unknown().isEmpty())
                .map(IdentifiersCheck::weak)
                .toList();
        return weak.isEmpty() ? List.of(new Fine(SUBJECT, "every source knows what it is asked for")) : weak;
    }

    private static Finding weak(SourceStatus status) {
        var assets = status.unknown().stream().map(Asset::symbol).collect(Collectors.joining(", "));
        return new Weak(
                SUBJECT,
                "%s does not know what the asset file calls %s there, so the others alone price it: correct it in a file of"
                                .formatted(status.name(), assets)
                        + " your own (plimsoll.oracle.assets-file).");
    }
}
