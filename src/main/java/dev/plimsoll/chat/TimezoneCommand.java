package dev.plimsoll.chat;

import dev.plimsoll.account.AccountDraft;
import dev.plimsoll.account.AccountStore;
import dev.plimsoll.delivery.telegram.Command;
import dev.plimsoll.unit.Printable;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The clock by which an account is told times and has its quiet hours; a city will do. */
@Singleton
class TimezoneCommand implements ChatCommand {
    private final AccountStore accounts;
    private final Clock clock;

    @Inject
    TimezoneCommand(AccountStore accounts, Clock clock) {
        this.accounts = accounts;
        this.clock = clock;
    }

    @Override
    public Command entry() {
        return new Command("timezone", "Your clock: /timezone Berlin");
    }

    @Override
    public int place() {
        return 10;
    }

    @Override
    public Audience audience() {
        return Audience.OWNER;
    }

    @Override
    public Uni<Reply> run(Request request) {
        if (request.words().isEmpty()) {
            return accounts.find(request.account())
                    .map(Optional::orElseThrow)
                    .map(account -> Reply.of("Times are told in " + account.timezone()
                            + ". Another one: /timezone and a city, such as /timezone New York."));
        }
        return zone(request.words())
                .map(zone -> change(request.account(), zone))
                .orElseGet(() -> Uni.createFrom()
                        .item(Reply.of("I know no time zone " + Printable.shortened(request.words())
                                + ". Name a large city in yours, such as Berlin or New York.")));
    }

    private Uni<Reply> change(UUID account, ZoneId zone) {
        return accounts.change(account, now -> new AccountDraft(now.name(), now.email(), zone))
                .replaceWith(Reply.of("Times are told in " + zone + " from now on. There it is "
                        + new Times(zone, clock).shown(clock.instant()) + "."));
    }

    /** {@code Europe/Berlin}, {@code berlin}, {@code new york}. */
    private static Optional<ZoneId> zone(String words) {
        var wanted = words.strip().toLowerCase(Locale.ROOT).replace(' ', '_');
        return ZoneId.getAvailableZoneIds().stream()
                .filter(id -> {
                    var known = id.toLowerCase(Locale.ROOT);
                    return known.equals(wanted) || known.endsWith("/" + wanted) && !known.startsWith("posix");
                })
                .min(Comparator.comparing(String::length).thenComparing(id -> id))
                .map(ZoneId::of);
    }
}
