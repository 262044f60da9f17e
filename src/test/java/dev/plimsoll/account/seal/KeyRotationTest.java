package dev.plimsoll.account.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plimsoll.ops.Database;
import dev.plimsoll.ops.Refused;
import dev.plimsoll.ops.check.Finding.Fault;
import dev.plimsoll.ops.check.Finding.Fine;
import dev.plimsoll.ops.check.MasterKeyCheck;
import dev.plimsoll.unit.Ids;
import dev.plimsoll.wire.Outage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgConnectOptions;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.UUID;
import org.eclipse.microprofile.config.Config;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.Driver;

/** Two replicas, each with a copy of the master key file, on tables of their own. */
@QuarkusTest
class KeyRotationTest {
    private static final String SCHEMA = """
            drop schema if exists rotation cascade;
            create schema rotation;
            create table rotation.master_key (like public.master_key including all);
            create table rotation.key_holder (like public.key_holder including all);
            create table rotation.secret (id uuid, settings_sealed bytea, old_secret_sealed bytea);
            grant usage on schema rotation to plimsoll_engine;
            grant select, insert, update, delete on all tables in schema rotation to plimsoll_engine;
            """;

    @Inject
    Config config;

    @Inject
    Vertx vertx;

    @TempDir
    Path folder;

    private Connection owner;
    private Pool engine;
    private Replica first;
    private Replica second;
    private String oldKey;

    /** What one process has of it. */
    private final class Replica {
        private final MasterKeyFile file;
        private final MasterKey key;
        private final SecretBox box;
        private final KeyRing ring;
        private long nanosAhead;

        Replica(Path path) throws Exception {
            file = new MasterKeyFile(path, true);
            key = new MasterKey(Optional.of(path), folder);
            check(file).register(key);
            box = new SecretBox(key);
            ring = new KeyRing(
                    engine,
                    key,
                    new Rewrapping(engine, box),
                    new SimpleMeterRegistry(),
                    () -> System.nanoTime() + nanosAhead);
        }

        void round() {
            ring.follow().await().indefinitely();
            ring.sealAnew().await().indefinitely();
        }
    }

    @BeforeEach
    void twoReplicasShareOneKey() throws Exception {
        owner = new Driver().connect(string("quarkus.datasource.owner.jdbc.url"), login("quarkus.datasource.owner."));
        sql(SCHEMA);
        engine = PgBuilder.pool()
                .connectingTo(PgConnectOptions.fromUri(string("quarkus.datasource.engine.reactive.url"))
                        .setUser(string("quarkus.datasource.engine.username"))
                        .setPassword(string("quarkus.datasource.engine.password"))
                        .addProperty("search_path", "rotation"))
                .using(vertx)
                .build();
        new MasterKeyFile(folder.resolve("first"), true).generatedOnce();
        Files.copy(folder.resolve("first"), folder.resolve("second"));
        first = new Replica(folder.resolve("first"));
        second = new Replica(folder.resolve("second"));
        oldKey = first.key.sealing();
    }

    @AfterEach
    void leaveNothing() throws SQLException {
        engine.close().await().indefinitely();
        sql("drop schema rotation cascade");
        owner.close();
    }

    @Test
    void nobodySealsUnderAKeyThatAnotherReplicaDoesNotKnow() throws Exception {
        var newKey = makeAndPromote(first);

        first.round();
        first.round();
        assertThat(first.key.sealing()).isEqualTo(oldKey);

        second.file.write(first.file.read());
        second.round();
        first.round();
        first.round();
        assertThat(first.key.sealing()).isEqualTo(newKey);
    }

    @Test
    void whatWasSealedBeforeIsSealedAnewAndReadByEverybodyAllTheWhile() throws Exception {
        var values = sealed(1_200);
        var newKey = rotate();

        first.round();

        assertThat(under(newKey)).isEqualTo(1_200);
        assertThat(number(
                        "select count(*) from rotation.secret where encode(substring(old_secret_sealed from 6 for 4), 'hex') = '"
                                + oldKey + "'"))
                .isZero();
        assertThat(opened(second)).isEqualTo(values);
        assertThat(opened(first)).isEqualTo(values);
    }

    @Test
    void anOldKeyIsNeededUntilEverybodyHasSealedUnderTheNewOneForAWhile() throws Exception {
        sealed(3);
        var newKey = rotate();

        first.round();
        assertThat(registered()).contains(oldKey, newKey);

        sql("update rotation.key_holder set sealing_since = now() - interval '2 minutes'");
        first.round();
        assertThat(registered()).isEqualTo(newKey);
        first.file.write(first.file.read().without(oldKey));
        first.round();
        assertThat(first.key.keys().ids()).containsExactly(newKey);
        assertThat(opened(first)).hasSize(3);
    }

    @Test
    void aRunningReplicaKeepsItsKeysWhenTheFileLosesOneThatIsNeeded() throws Exception {
        var values = sealed(3);
        first.file.write(MasterKeys.generate());

        first.round();
        Files.delete(first.file.path());
        first.round();

        assertThat(opened(first)).isEqualTo(values);
        assertThat(first.key.sealing()).isEqualTo(oldKey);
    }

    @Test
    void withTheWrongKeyOrNoneItDoesNotStartSaysWhatToDoAndWritesNothing() throws Exception {
        sealed(3);
        var path = folder.resolve("wrong");
        var wrong = new MasterKeyFile(path, true);
        wrong.write(MasterKeys.generate());
        var before = Files.readString(path);

        assertThat(check(wrong).finding())
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.sentence())
                                .contains(oldKey, path.toString(), "put back the file", "Nothing was changed"));
        assertThatThrownBy(() -> check(wrong).register(new MasterKey(Optional.of(path), folder)))
                .isInstanceOf(Refused.class);
        assertThat(Files.readString(path)).isEqualTo(before);
        assertThat(registered()).isEqualTo(oldKey);

        var gone = MasterKeyFile.of(Optional.empty(), folder);
        assertThat(check(gone).finding())
                .isInstanceOfSatisfying(
                        Fault.class,
                        fault -> assertThat(fault.sentence()).contains("is not there", "put it back from your copy"));
        assertThat(gone.path()).doesNotExist();
    }

    @Test
    void anotherKeyOfTheSameNumberIsNotTakenForIt() throws Exception {
        var other = MasterKeys.generate();

        assertThat(KeyProbe.opens(first.key.keys(), oldKey, KeyProbe.of(first.key.keys(), oldKey)))
                .isTrue();
        assertThat(KeyProbe.opens(other, other.primary(), KeyProbe.of(first.key.keys(), oldKey)))
                .isFalse();
    }

    @Test
    void aReplicaThatStartsWithTheOldFileAfterTheChangeIsRefusedUntilItHasTheNewOne() throws Exception {
        var before = Files.copy(first.file.path(), folder.resolve("before"));
        rotate();

        assertThatThrownBy(() -> new Replica(before)).isInstanceOf(Refused.class);
        assertThat(check(first.file).finding()).isInstanceOf(Fine.class);
    }

    @Test
    void aReplicaThatTheOthersDidNotHearForAMinuteStoresNothingSealedUntilTheyDo() throws Exception {
        var values = sealed(1);

        first.key.heard(System.nanoTime() - Duration.ofSeconds(51).toNanos()); // as after a SIGSTOP

        assertThatThrownBy(() -> first.box.seal(Ids.next(), "stray"))
                .isInstanceOf(MasterKey.Lapsed.class)
                .matches(Outage::isCause, "is answered with 503, and tried again by the courier");
        assertThat(first.key.unstored().encrypt(new byte[1], new byte[1])).isNotEmpty();
        assertThat(opened(first)).isEqualTo(values);

        first.round();
        assertThat(first.box.seal(Ids.next(), "heard")).isNotEmpty();
    }

    @Test
    void aReplicaWhoseFileIsLateDoesNotSealUnderAKeyThatWasLetGo() throws Exception {
        var before = second.file.read();
        var newKey = rotate();
        second.file.write(second.file.read().promoting(before.primary()));
        sql("delete from rotation.master_key where id = '" + oldKey + "'");

        second.ring.follow().await().indefinitely();

        assertThat(second.key.sealing()).isEqualTo(newKey);
    }

    @Test
    void whatWasSealedUnderAKeyAfterItWasLetGoIsSealedAnewWithinTheHour() throws Exception {
        var newKey = rotate();
        sql("delete from rotation.master_key where id = '" + oldKey + "'");
        first.key.use(first.key.keys(), oldKey);
        sealed(3);
        first.round();
        assertThat(under(oldKey)).isEqualTo(3);

        first.nanosAhead = Duration.ofHours(1).toNanos();
        first.round();

        assertThat(under(oldKey)).isZero();
        assertThat(under(newKey)).isEqualTo(3);
    }

    @Test
    void goingBackToTheEarlierKeyInTheMiddleOfAChangeSealsAllUnderThatOne() throws Exception {
        var values = sealed(3);
        var newKey = rotate();
        first.round();
        assertThat(under(newKey)).isEqualTo(3);

        first.file.write(first.file.read().promoting(oldKey));
        second.file.write(second.file.read().promoting(oldKey));
        first.round();
        second.round();
        first.round();

        assertThat(under(oldKey)).isEqualTo(3);
        assertThat(registered()).isEqualTo(newKey + " " + oldKey);
        assertThat(opened(second)).isEqualTo(values);
        sql("update rotation.key_holder set sealing_since = now() - interval '2 minutes'");
        first.round();
        assertThat(registered()).isEqualTo(oldKey);
    }

    @Test
    void aReplicaWhoseFileIsLateDoesNotTakeTheChangeBack() throws Exception {
        var before = second.file.read();
        rotate();
        second.file.write(second.file.read().promoting(before.primary()));

        second.round();
        first.round();
        second.round();

        assertThat(registered()).endsWith(first.key.sealing()).startsWith(oldKey);
    }

    private String makeAndPromote(Replica replica) throws Exception {
        var keys = replica.file.read().plusOne();
        replica.file.write(keys.promoting(keys.ids().getLast()));
        return keys.ids().getLast();
    }

    /** As an operator does it: added everywhere, then promoted. The second replica is one step behind. */
    private String rotate() throws Exception {
        var keys = first.file.read().plusOne();
        first.file.write(keys);
        second.file.write(keys);
        first.round();
        second.round();
        var newKey = keys.ids().getLast();
        first.file.write(keys.promoting(newKey));
        second.file.write(keys.promoting(newKey));
        first.round();
        first.round();
        second.round();
        assertThat(first.key.sealing()).isEqualTo(newKey);
        return newKey;
    }

    private Map<UUID, String> sealed(int count) throws SQLException {
        var values = new HashMap<UUID, String>();
        try (var insert = owner.prepareStatement("insert into rotation.secret values (?, ?, ?)")) {
            for (var number = 0; number < count; number++) {
                var id = Ids.next();
                values.put(id, "secret " + number);
                insert.setObject(1, id);
                insert.setBytes(2, first.box.seal(id, "secret " + number));
                insert.setBytes(3, number % 2 == 0 ? null : first.box.seal(id, "old"));
                insert.addBatch();
            }
            insert.executeBatch();
        }
        return values;
    }

    private Map<UUID, String> opened(Replica replica) throws SQLException {
        var values = new HashMap<UUID, String>();
        try (var statement = owner.createStatement();
                var rows = statement.executeQuery("select id, settings_sealed from rotation.secret")) {
            while (rows.next()) {
                var id = rows.getObject(1, UUID.class);
                values.put(id, replica.box.open(id, rows.getBytes(2)));
            }
        }
        return values;
    }

    private MasterKeyCheck check(MasterKeyFile file) {
        var engineLogin = new Database.Login(
                string("quarkus.datasource.engine.username"), string("quarkus.datasource.engine.password"));
        var url = string("quarkus.datasource.engine.reactive.url") + "?currentSchema=rotation";
        return new MasterKeyCheck(new Database(url, engineLogin, engineLogin, engineLogin), file);
    }

    private String registered() throws SQLException {
        try (var statement = owner.createStatement();
                var row =
                        statement.executeQuery("select string_agg(id, ' ' order by since) from rotation.master_key")) {
            row.next();
            return row.getString(1);
        }
    }

    private long under(String key) throws SQLException {
        return number(
                "select count(*) from rotation.secret where encode(substring(settings_sealed from 6 for 4), 'hex') = '"
                        + key + "'");
    }

    private long number(String query) throws SQLException {
        try (var statement = owner.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    private void sql(String text) throws SQLException {
        try (var statement = owner.createStatement()) {
            statement.execute(text);
        }
    }

    private Properties login(String prefix) {
        var login = new Properties();
        login.setProperty("user", string(prefix + "username"));
        login.setProperty("password", string(prefix + "password"));
        return login;
    }

    private String string(String name) {
        return config.getValue(name, String.class);
    }
}
