package dev.plimsoll.delivery;

import dev.plimsoll.account.LabelsJson;
import dev.plimsoll.account.OwnedRows;
import dev.plimsoll.account.Tenant;
import dev.plimsoll.account.Written;
import dev.plimsoll.account.seal.KeyedHash.Hashing;
import dev.plimsoll.account.seal.SecretBox;
import dev.plimsoll.unit.Ids;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.hibernate.reactive.mutiny.Mutiny;

/** The channels of one account at a time, behind the policies. What is secret goes in and out through the secret box. */
@ApplicationScoped
public class ChannelStore {
    private static final String PROVE = """
            update channel
            set state = 'active',
                disabled_reason = null,
                failing_since = null,
                failing_warned = false,
                proof_hash = null,
                version = version + 1
            where account_id = $1
              and id = $2
              and proof_hash = $3
            """;

    private final OwnedRows<ChannelRow, RegisteredChannel> rows;
    private final Tenant tenant;
    private final Kinds kinds;
    private final SecretBox box;
    private final ChannelRemoval removal;
    private final MailHash hash;

    ChannelStore(
            Tenant tenant, Kinds kinds, SecretBox box, DeliveryConfig config, ChannelRemoval removal, MailHash hash) {
        this.rows = new OwnedRows<>(tenant, ChannelRow.class, config.channelsPerAccount(), Optional.of("max_channels"));
        this.tenant = tenant;
        this.kinds = kinds;
        this.box = box;
        this.removal = removal;
        this.hash = hash;
    }

    /**
     * Unverified, unless the operator trusts the network. In a transaction of the account that the caller began; a key
     * that is taken fails it.
     *
     * @param secret where its messages are signed
     */
    public Uni<Written<RegisteredChannel>> add(
            Mutiny.Session session, UUID account, String kind, ChannelDraft draft, Optional<WebhookSecret> secret) {
        return add(session, account, Ids.next(), kind, draft, secret);
    }

    /** The same under an id that others refer to already. */
    public Uni<Written<RegisteredChannel>> add(
            Mutiny.Session session,
            UUID account,
            UUID id,
            String kind,
            ChannelDraft draft,
            Optional<WebhookSecret> secret) {
        var row = new ChannelRow();
        row.id = id;
        row.account = account;
        row.kind = kind;
        row.buddy = draft.buddy().orElse(null);
        row.secretSealed = secret.map(some -> box.seal(row.id, some.value())).orElse(null);
        write(row, draft);
        begin(row);
        return hashed(row, draft).chain(() -> rows.add(session, account, row));
    }

    /** The same for one that needs no proof: it is asked for from where it leads. */
    public Uni<Written<RegisteredChannel>> addProven(
            Mutiny.Session session, UUID account, String kind, ChannelDraft draft) {
        var row = new ChannelRow();
        row.id = Ids.next();
        row.account = account;
        row.kind = kind;
        write(row, draft);
        row.activate();
        return rows.add(session, account, row);
    }

    /** All of them, in a transaction of the account that the caller began. */
    public Uni<List<RegisteredChannel>> all(Mutiny.Session session, UUID account) {
        return rows.all(session, account);
    }

    /** All of them with what is secret, in a transaction of the account that the caller began. */
    public Uni<List<OpenedChannel>> opened(Mutiny.Session session, UUID account) {
        return rows.all(
                session,
                account,
                row -> new OpenedChannel(
                        row.value(), settings(row), open(row).secrets().stream().findFirst()));
    }

    public Uni<Optional<RegisteredChannel>> find(UUID account, UUID id) {
        return rows.find(account, id);
    }

    /** The oldest first. */
    public Uni<List<RegisteredChannel>> list(UUID account, UUID after, int limit) {
        return rows.list(account, after, limit);
    }

    /** In a transaction of the account that the caller began. */
    public Uni<Set<UUID>> ids(Mutiny.Session session, UUID account) {
        return rows.ids(session, account);
    }

    /**
     * What leads elsewhere afterwards must be proven anew.
     *
     * @param edit runs while nobody else can write; throws to refuse, and nothing is written
     */
    public Uni<Written<RegisteredChannel>> change(
            UUID account, UUID id, BiFunction<RegisteredChannel, Settings, ChannelDraft> edit) {
        return hash.ready().chain(hashing -> rows.change(account, id, row -> edit(row, hashing, edit)));
    }

    /** The same in a transaction of the account that the caller began; a key that is taken fails it. */
    public Uni<Written<RegisteredChannel>> change(
            Mutiny.Session session, UUID account, UUID id, BiFunction<RegisteredChannel, Settings, ChannelDraft> edit) {
        return hash.ready().chain(hashing -> rows.change(session, account, id, row -> edit(row, hashing, edit)));
    }

    private void edit(ChannelRow row, Hashing hashing, BiFunction<RegisteredChannel, Settings, ChannelDraft> edit) {
        var before = settings(row);
        var draft = edit.apply(row.value(), before);
        write(row, draft);
        row.mailHash = hash.of(hashing, row.kind, draft.settings()).orElse(null);
        if (!kinds.address(row.kind, before).equals(kinds.address(row.kind, draft.settings()))) {
            begin(row);
        }
    }

    /** Remembers which code would prove it. */
    public Uni<Written<RegisteredChannel>> expect(UUID account, UUID id, byte[] codeHash) {
        return rows.change(account, id, row -> row.proofHash = codeHash);
    }

    /**
     * Makes it active, if this is the hash of the code it was last sent.
     *
     * @param tx of the account
     */
    public Uni<Boolean> prove(SqlConnection tx, UUID account, UUID id, byte[] codeHash) {
        return tx.preparedQuery(PROVE)
                .execute(Tuple.of(account, id, Buffer.buffer(codeHash)))
                .map(updated -> updated.rowCount() == 1);
    }

    /** @param tx of the account */
    public Uni<Boolean> isActive(SqlConnection tx, UUID account, UUID id) {
        return tx.preparedQuery("select from channel where account_id = $1 and id = $2 and state = 'active'")
                .execute(Tuple.of(account, id))
                .map(rows -> rows.size() == 1);
    }

    /** Where it leads, opened. */
    public Uni<Optional<Receiver>> receiver(UUID account, UUID id) {
        return rows.find(account, id, this::open);
    }

    /** @param check throws to refuse, and nothing is deleted */
    public Uni<Written<RegisteredChannel>> delete(UUID account, UUID id, Consumer<RegisteredChannel> check) {
        return rows.find(account, id)
                .invoke(found -> found.ifPresent(check))
                .call(() -> end(account, id))
                .chain(found -> found.map(channel -> remove(channel, check))
                        .orElseGet(() -> Uni.createFrom().item(new Written.Missing<>())));
    }

    /** What it keeps up to date over there goes. */
    Uni<Void> end(UUID account, UUID id) {
        return receiver(account, id)
                .chain(found -> found.flatMap(to -> kinds.find(to.kind()).map(kind -> kind.end(to)))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    /** Whoever writes in between is met by another check. */
    private Uni<Written<RegisteredChannel>> remove(RegisteredChannel channel, Consumer<RegisteredChannel> check) {
        var account = channel.account();
        return tenant.sql(account, tx -> removal.remove(tx, account, channel.id(), channel.version()))
                .chain(removed -> removed
                        ? Uni.createFrom().item(new Written.Done<>(channel))
                        : delete(account, channel.id(), check));
    }

    private Uni<Void> hashed(ChannelRow row, ChannelDraft draft) {
        return hash.ready()
                .invoke(hashing -> row.mailHash =
                        hash.of(hashing, row.kind, draft.settings()).orElse(null))
                .replaceWithVoid();
    }

    private void write(ChannelRow row, ChannelDraft draft) {
        row.key = draft.key().orElse(null);
        row.name = draft.name();
        row.loud = draft.loud().orElse(null);
        row.labels = LabelsJson.write(draft.labels()).encode();
        row.settingsSealed = box.seal(row.id, draft.settings().json());
        row.settingsShown = kinds.shown(row.kind, draft.settings()).json();
        row.host = kinds.host(row.kind, draft.settings());
    }

    private void begin(ChannelRow row) {
        if (row.buddy != null || kinds.of(row.kind).isProvenFirst()) {
            row.doubt();
        } else {
            row.activate();
        }
    }

    private Settings settings(ChannelRow row) {
        return Settings.of(box.open(row.id, row.settingsSealed));
    }

    private Receiver open(ChannelRow row) {
        var secrets = Stream.of(row.secretSealed, row.oldSecretSealed)
                .filter(Objects::nonNull)
                .flatMap(secret -> WebhookSecret.split(box.open(row.id, secret)))
                .toList();
        return new Receiver(row.id, row.account, row.kind, settings(row), secrets).of(row.otherPerson());
    }
}
