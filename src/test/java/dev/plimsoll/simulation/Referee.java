package dev.plimsoll.simulation;

import dev.plimsoll.alert.Alert;
import dev.plimsoll.delivery.Outcome;
import dev.plimsoll.delivery.VirtualCourier.Attempted;
import dev.plimsoll.delivery.VirtualCourier.Claimed;
import dev.plimsoll.delivery.VirtualOutbox.Delivery;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/** Sees everything as it is committed, and blows the whistle as soon as a promise is broken. */
final class Referee {
    private static final long LONGEST_SLEEP = 80_000;

    private final World world;
    private final Map<Place, Claimed> underWay = new HashMap<>();
    private final Map<UUID, Integer> lastClaim = new HashMap<>();
    private final Set<Numbered> claims = new HashSet<>();
    private final Map<UUID, Integer> redelivered = new HashMap<>();
    private final Map<UUID, Integer> delivered = new HashMap<>();
    private long judgedAt;
    private final Set<UUID> acted = new HashSet<>();
    private Optional<Reign> reign = Optional.empty();

    private record Place(Optional<UUID> alert, UUID delivery, UUID channel) {
        static Place of(Delivery delivery) {
            var alert = delivery.notice().alert();
            return new Place(
                    alert, alert.orElse(delivery.id()), delivery.channel().orElseThrow());
        }
    }

    private record Numbered(UUID delivery, int number) {}

    /** Who holds the watch, since when without a break. */
    private record Reign(String holder, long epoch, long until) {}

    Referee(World world) {
        this.world = world;
    }

    /** A replica is about to hold the lease, or sees that another does. */
    void holds(Transaction tx, Replica replica, OptionalLong epoch) {
        var holder = replica.holder();
        epoch.ifPresent(it -> tx.whenCommitted(() -> holds(holder, it, tx)));
    }

    private void holds(String holder, long epoch, Transaction tx) {
        var goesOn = reign.filter(it -> it.holder().equals(holder) && it.epoch() == epoch)
                .isPresent();
        reign.filter(it -> !it.holder().equals(holder) && it.until() > tx.now()).ifPresent(it -> {
            throw new Violation("%s takes the watch from %s, whose lease has %d ms left"
                    .formatted(holder, it.holder(), it.until() - tx.now()));
        });
        reign.filter(it -> !goesOn && it.epoch() >= epoch).ifPresent(it -> {
            throw new Violation(
                    "%s takes over from %s without a higher epoch than %d".formatted(holder, it.holder(), it.epoch()));
        });
        if (!goesOn) {
            world.say(() -> "%s holds the watch in epoch %d".formatted(holder, epoch));
        }
        reign = Optional.of(new Reign(holder, epoch, tx.now() + Store.WATCH_LEASE));
    }

    /** A transaction of the watch is about to be committed. */
    void judges(Transaction tx, Replica replica, long epoch) {
        var holder = replica.holder();
        tx.whenCommitted(() -> {
            if (reign.filter(it -> it.holder().equals(holder) && it.epoch() == epoch)
                    .isEmpty()) {
                throw new Violation("%s commits what it judged in epoch %d, while the watch is %s"
                        .formatted(holder, epoch, reign.map(Reign::toString).orElse("nobody's")));
            }
            reign = Optional.of(new Reign(holder, epoch, tx.now() + Store.WATCH_LEASE));
        });
    }

    /** A tick is over: what the watch takes for the alerts is what they are, unless it knows that it does not know. */
    void judged(Replica replica, List<Alert> committed) {
        judgedAt = world.now();
        for (var alert : committed) {
            var known = replica.memory().of(alert.key());
            var certain =
                    !acted.contains(alert.id()) && !replica.memory().doubtful().contains(alert.key());
            if (certain && known.filter(it -> isAsLate(it, alert)).isEmpty()) {
                throw new Violation("%s takes alert %d for %s, but it is %s"
                        .formatted(
                                replica.name(),
                                alert.id().getLeastSignificantBits(),
                                known.map(it -> it.state().phase().name()).orElse("nothing"),
                                alert.state().phase()));
            }
        }
    }

    private static boolean isAsLate(Alert known, Alert alert) {
        return known.state().episode() > alert.state().episode()
                || known.id().equals(alert.id()) && known.version() >= alert.version();
    }

    /** As long as one replica is well, somebody judges. */
    void isAwake(List<Replica> replicas) {
        var well = replicas.stream().filter(it -> it.unharmed() > LONGEST_SLEEP).findFirst();
        if (well.isPresent() && world.now() - judgedAt > LONGEST_SLEEP) {
            throw new Violation("nobody has judged for %d ms, though %s is well"
                    .formatted(world.now() - judgedAt, well.get().name()));
        }
    }

    /** An owner did something about it, which the watch learns in its next tick. */
    void acts(Transaction tx, UUID alert) {
        tx.whenCommitted(() -> acted.add(alert));
    }

    /** The watch is about to commit these. */
    void writes(Transaction tx, Set<UUID> alerts) {
        tx.whenCommitted(() -> acted.removeAll(alerts));
    }

    /** The book of a replica has been brought up to what was committed then. */
    void followed(Replica replica, List<Watched> committed) {
        for (var rule : committed) {
            var known = Optional.ofNullable(replica.book().get(rule.rule()));
            if (known.filter(it -> it.version() >= rule.version()).isEmpty()) {
                throw new Violation("%s has missed version %d of rule %d and knows %s"
                        .formatted(
                                replica.name(),
                                rule.version(),
                                rule.rule().getLeastSignificantBits(),
                                known.map(it -> "version " + it.version()).orElse("none")));
            }
        }
    }

    void claimed(Replica replica, Claimed claim) {
        var place = Place.of(claim.delivery());
        world.say(() -> "%s claims %s".formatted(replica.name(), words(claim)));
        if (!claims.add(new Numbered(claim.id(), claim.number()))) {
            throw new Violation(words(claim) + " is claimed under a number it was claimed under before");
        }
        Optional.ofNullable(underWay.get(place))
                .filter(other -> other.leasedUntil() >= world.now())
                .ifPresent(other -> {
                    throw new Violation("%s is claimed while the lease of %s has %d ms left"
                            .formatted(words(claim), words(other), other.leasedUntil() - world.now()));
                });
        underWay.put(place, claim);
        lastClaim.put(claim.id(), claim.number());
    }

    /** A transaction is about to record how these attempts ended. */
    void records(Transaction tx, Replica replica, List<Attempted> own) {
        tx.whenCommitted(() -> own.forEach(attempted -> recorded(replica, attempted)));
    }

    private void recorded(Replica replica, Attempted attempted) {
        var claim = attempted.claim();
        world.say(() -> "%s records %s: %s"
                .formatted(
                        replica.name(),
                        words(claim),
                        attempted.outcome().map(it -> it.why()).orElse("not sent")));
        if (lastClaim.get(claim.id()) != claim.number()) {
            throw new Violation("%s is recorded, though attempt %d of it is another courier's"
                    .formatted(words(claim), lastClaim.get(claim.id())));
        }
        underWay.remove(Place.of(claim.delivery()), claim);
        if (attempted.outcome().filter(it -> it instanceof Outcome.Delivered).isPresent()) {
            delivered.merge(claim.id(), 1, Integer::sum);
        }
        if (delivered.getOrDefault(claim.id(), 0) > 1 + redelivered.getOrDefault(claim.id(), 0)) {
            throw new Violation(words(claim) + " is a duplicate that no fault excuses");
        }
    }

    void redelivers(Delivery row) {
        redelivered.merge(row.id(), 1, Integer::sum);
        world.say(() -> "a customer has " + row.id().getLeastSignificantBits() + " sent again");
    }

    boolean wasRedelivered(UUID delivery) {
        return redelivered.containsKey(delivery);
    }

    /** What runs into a constraint was planned wrongly. */
    void refused(Refused why) {
        if (why.why() == Refused.Why.TAKEN) {
            throw new Violation("the database refuses " + why.getMessage());
        }
    }

    static String words(Claimed claim) {
        return words(claim.delivery()) + ", attempt " + claim.number();
    }

    static String words(Delivery row) {
        var notice = row.notice();
        return "delivery %d (alert %s, %s %s)"
                .formatted(
                        row.id().getLeastSignificantBits(),
                        notice.alert()
                                .map(id -> "" + id.getLeastSignificantBits())
                                .orElse("none"),
                        notice.sequence().map(String::valueOf).orElse(""),
                        notice.type());
    }
}
