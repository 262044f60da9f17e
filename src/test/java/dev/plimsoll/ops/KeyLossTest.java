package dev.plimsoll.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.account.seal.MasterKey;
import dev.plimsoll.account.seal.MasterKeyFile;
import dev.plimsoll.account.seal.SealedColumn;
import dev.plimsoll.account.seal.SecretBox;
import dev.plimsoll.ops.check.Finding.Fault;
import dev.plimsoll.ops.check.Finding.Fine;
import dev.plimsoll.ops.check.MasterKeyCheck;
import dev.plimsoll.ops.embedded.Foreign;
import dev.plimsoll.unit.Ids;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plimsoll key forget} and {@code retire} on a database that an operator runs. */
class KeyLossTest {
    /** One of everything that is sealed, beside what it belongs to. */
    private static final String EVERYTHING = """
            insert into account (id, name, email_sealed) values ('$a', 'Ada', $sealed);
            insert into provisioned values ('$a', decode(repeat('ab', 32), 'hex'));
            insert into idempotency (account_id, key, request_hash, body_sealed) values ('$a', 'once', '', $sealed);
            insert into proof (account_id, channel_id, address_sealed) values ('$a', '$a', $sealed);
            insert into channel (id, account_id, name, kind, state, settings_sealed, settings_shown, secret_sealed,
                                 old_secret_sealed, mail_hash)
            values ('$a', '$a', 'ops', 'webhook', 'active', $sealed, '{}', $sealed, $sealed, 'hash');
            insert into notice (id, account_id, type, severity, at, data) values ('$a', '$a', 'test', 'critical', now(), '{}');
            insert into delivery (id, account_id, notice_id, channel_id, slot, body_sealed)
            values ('$a', '$a', '$a', '$a', 'open', $sealed);
            insert into queue (delivery_id, channel_id, priority) values ('$a', '$a', 1);
            insert into telegram_update (bot, id, chat, sealed) values ($bot, 1, 'chat', $sealed);
            insert into telegram_turn (bot, chat) values ($bot, 'chat');
            """;

    @TempDir
    static Path folder;

    private static Foreign postgres;

    private Path file;
    private String lost;
    private String kept;

    @BeforeAll
    static void start() throws IOException {
        postgres = Foreign.with(folder.resolve("foreign"), "fsync = on");
    }

    @AfterAll
    static void stop() {
        postgres.close();
    }

    /** The start of a change of the key: something is sealed under each. */
    @BeforeEach
    void twoKeysAreInUse() throws Exception {
        postgres.empty();
        new Migration(new ServerSettings(
                        name -> Optional.ofNullable(postgres.settings().get(name))))
                .run();
        file = Files.createTempDirectory(folder, "keys").resolve("key.json");
        var keys = keyFile().generatedOnce().read().plusOne();
        keyFile().write(keys);
        lost = keys.ids().getFirst();
        kept = keys.ids().getLast();
    }

    @Test
    void whatALostKeySealedGoesWhatAnotherSealedStaysAndPlimsollStartsAgain() throws Exception {
        var gone = Ids.next();
        var there = Ids.next();
        postgres.run(everything(gone, lost, 1) + hashKey(lost));
        check().register(new MasterKey(Optional.of(file), folder));
        keyFile().write(keyFile().read().promoting(kept));
        postgres.run(everything(there, kept, 2));
        assertThat(columnsUnder(lost)).isEqualTo(allSealedColumns());
        postgres.run("delete from key_holder"); // it was stopped a minute ago
        keyFile().write(keyFile().read().without(lost));
        assertThat(check().finding()).isInstanceOf(Fault.class);

        assertThat(key("forget", lost)).isZero();

        assertThat(columnsUnder(lost)).isEmpty();
        assertThat(columnsUnder(kept)).hasSize(allSealedColumns().size() - 1).doesNotContain("hash_key.sealed");
        assertThat(text("select string_agg(id::text, ' ') from channel")).isEqualTo(there.toString());
        assertThat(text("select string_agg(account_id::text, ' ') from provisioned"))
                .as("what files say of the other account is applied anew")
                .isEqualTo(there.toString());
        assertThat(text("select state || ': ' || reason from delivery where id = '%s'".formatted(gone)))
                .isEqualTo("failed: the master key was lost");
        assertThat(text("select state from delivery where id = '%s'".formatted(there)))
                .isEqualTo("pending");
        assertThat(text("select string_agg(bot::text, ' ') from telegram_turn")).isEqualTo("2");
        assertThat(postgres.number("select count(*) from channel where mail_hash is not null"))
                .isZero();
        assertThat(postgres.number("select count(*) from account")).isEqualTo(2);
        assertThat(check().finding()).isInstanceOf(Fine.class);
        check().register(new MasterKey(Optional.of(file), folder));
    }

    @Test
    void aKeyThatSomebodyStillHasIsNotForgotten() throws Exception {
        check().register(new MasterKey(Optional.of(file), folder));
        assertThat(key("forget", lost)).as("it is in the file").isOne();

        Files.delete(file);
        assertThat(key("forget", lost)).as("a replica runs with it").isOne();
        assertThat(key("forget", kept)).as("nothing is sealed under it").isOne();
        assertThat(key("forget")).as("it is not said which").isOne();
        assertThat(postgres.number("select count(*) from master_key")).isOne();

        postgres.run("update key_holder set until = now()");
        assertThat(key("forget", lost)).isZero();
        assertThat(postgres.number("select count(*) from master_key")).isZero();
    }

    /** By a replica that was stopped so long that the others let go of the key it sealed under. */
    @Test
    void aKeyThatNobodyRegistersButSomethingIsSealedUnderIsNotRetired() throws Exception {
        postgres.run(everything(Ids.next(), lost, 1));
        keyFile().write(keyFile().read().promoting(kept));
        check().register(new MasterKey(Optional.of(file), folder));
        assertThat(text("select id from master_key")).isEqualTo(kept);

        assertThat(key("retire", lost)).isOne();
        assertThat(keyFile().read().ids()).contains(lost);

        postgres.run("delete from account; delete from telegram_update");
        assertThat(key("retire", lost)).isZero();
        assertThat(keyFile().read().ids()).containsExactly(kept);
    }

    private int key(String... words) {
        return MasterKeyCommand.run(config(), words);
    }

    private Config config() {
        var settings = new HashMap<>(postgres.settings());
        settings.put("plimsoll.ops.data-dir", folder.resolve("data").toString());
        settings.put(MasterKeyFile.SETTING, file.toString());
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .addDefaultInterceptors()
                .build();
    }

    private MasterKeyCheck check() {
        return new MasterKeyCheck(postgres.database(), keyFile());
    }

    private MasterKeyFile keyFile() {
        return new MasterKeyFile(file, true);
    }

    private String everything(UUID id, String key, int bot) throws Exception {
        return EVERYTHING
                .replace("$a", id.toString())
                .replace("$bot", Integer.toString(bot))
                .replace("$sealed", sealed(key));
    }

    private String hashKey(String key) throws Exception {
        return "insert into hash_key values ('addresses', %s);".formatted(sealed(key));
    }

    /** In SQL. */
    private String sealed(String key) throws Exception {
        var master = new MasterKey(Optional.of(file), folder);
        master.use(master.keys(), key);
        return "'\\x%s'".formatted(HexFormat.of().formatHex(new SecretBox(master).seal(Ids.next(), "secret")));
    }

    private static List<String> columnsUnder(String key) throws SQLException {
        var found = new ArrayList<String>();
        for (var column : sealedColumns()) {
            if (postgres.number(column.sql("select count(*) from $table where $key = '" + key + "'")) > 0) {
                found.add(column.table() + "." + column.name());
            }
        }
        return found;
    }

    private static List<String> allSealedColumns() throws SQLException {
        return sealedColumns().stream()
                .map(column -> column.table() + "." + column.name())
                .toList();
    }

    private static List<SealedColumn> sealedColumns() throws SQLException {
        try (var connection = postgres.superuser();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(SealedColumn.ALL)) {
            var found = new ArrayList<SealedColumn>();
            while (rows.next()) {
                found.add(new SealedColumn(rows.getString(1), rows.getString(2)));
            }
            return found;
        }
    }

    private static String text(String query) throws SQLException {
        try (var connection = postgres.superuser();
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
