package dev.plimsoll.delivery;

import dev.plimsoll.alert.Silence;
import dev.plimsoll.alert.SilenceFeedStore;
import dev.plimsoll.delivery.RegisteredChannel.State;
import dev.plimsoll.rule.Rule;
import dev.plimsoll.rule.RuleFeedStore;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds what {@link Waking} asks for, of many accounts at once. */
@Singleton
public final class WakingFeed {
    private static final String CHANNELS = """
            select account_id, id, name, kind, buddy, loud, state, disabled_reason, failing_since, created_at, version
            from channel
            where account_id = any($1)
            order by id
            """;

    private final RuleFeedStore rules;
    private final SilenceFeedStore silences;
    private final Kinds kinds;

    @Inject
    WakingFeed(RuleFeedStore rules, SilenceFeedStore silences, Kinds kinds) {
        this.rules = rules;
        this.silences = silences;
        this.kinds = kinds;
    }

    /** Rules, channels and silences by account. */
    public record Known(
            Map<UUID, List<Rule>> rules,
            Map<UUID, List<RegisteredChannel>> channels,
            Map<UUID, List<Silence>> silences,
            Kinds kinds) {

        /** As {@link Waking#problem} has it. @param zone of the clock on its owner's wall */
        public Optional<String> problem(UUID account, ZoneId zone, Instant at) {
            var around = new Waking.Around(
                    channels.getOrDefault(account, List.of()),
                    kinds::wakes,
                    silences.getOrDefault(account, List.of()),
                    zone,
                    at);
            return Waking.problem(rules.getOrDefault(account, List.of()), around);
        }
    }

    /** @param tx of the engine, or of the one account */
    public Uni<Known> of(SqlConnection tx, Collection<UUID> accounts, Instant at) {
        return rules.ofAccounts(tx, accounts)
                .chain(asked -> channels(tx, accounts)
                        .chain(told -> silences.ofAccounts(tx, accounts, at)
                                .map(quiet -> new Known(
                                        by(asked, Rule::account),
                                        by(told, RegisteredChannel::account),
                                        by(quiet, Silence::account),
                                        kinds))));
    }

    private static <T> Map<UUID, List<T>> by(List<T> all, Function<T, UUID> account) {
        return all.stream().collect(Collectors.groupingBy(account));
    }

    private static Uni<List<RegisteredChannel>> channels(SqlConnection tx, Collection<UUID> accounts) {
        return tx.preparedQuery(CHANNELS)
                .execute(Tuple.of(accounts.toArray(UUID[]::new)))
                .map(rows -> rows.stream().map(WakingFeed::channel).toList());
    }

    /** Where it leads and what its owner wrote on it is not asked for. */
    private static RegisteredChannel channel(Row row) {
        return new RegisteredChannel(
                row.getUUID("id"),
                row.getUUID("account_id"),
                Optional.empty(),
                row.getString("name"),
                Map.of(),
                row.getString("kind"),
                Map.of(),
                Optional.ofNullable(row.getString("buddy")),
                Optional.ofNullable(row.getBoolean("loud")),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                Optional.ofNullable(row.getString("disabled_reason")),
                Optional.ofNullable(row.getOffsetDateTime("failing_since")).map(OffsetDateTime::toInstant),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getLong("version"));
    }
}
