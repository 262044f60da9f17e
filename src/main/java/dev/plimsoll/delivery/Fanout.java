package dev.plimsoll.delivery;

import dev.plimsoll.alert.Drilled;
import dev.plimsoll.delivery.Message.Replaced;
import dev.plimsoll.unit.Ids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Decides where new notices go: per alert and channel at most one delivery is open and one is next.
 *
 * <p>A newer notice takes the place of an open one that nobody is sending right now, or becomes next; what it replaces
 * it must tell. What only repeats or confirms never replaces news.
 */
final class Fanout {
    static final String NO_CHANNEL = "no active channel";
    static final String NEWS_WAITS = "a more urgent message of this alert already waits for this channel";
    static final String UNWANTED = "channels of this kind do not tell of it";
    static final String REPLACED = "replaced by a newer message of this alert";

    private final Map<UUID, List<Hearer>> active;
    private final Map<Place, Waiting> open = new HashMap<>();
    private final Map<Place, Waiting> next = new HashMap<>();
    private final List<UUID> superseded = new ArrayList<>();
    private final List<Planned> finished = new ArrayList<>();
    private final List<Planned> alone = new ArrayList<>();

    /** What is kept once per (alert, channel). */
    record Place(UUID alert, UUID channel) {}

    /** A delivery that the database holds as open or next. */
    record Held(
            UUID delivery,
            Place place,
            boolean leased,
            String type,
            Instant at,
            List<Replaced> replaced,
            Timing timing) {}

    /**
     * A delivery to be written.
     *
     * @param channel empty for a notice that reaches nobody
     * @param slot    {@code open} or {@code next}; empty when it is done already
     * @param state   as in the table
     */
    record Planned(
            UUID delivery,
            Notice notice,
            Optional<UUID> channel,
            String state,
            Optional<String> slot,
            Optional<String> reason,
            List<Replaced> replaced,
            Timing timing) {}

    /** @param superseded deliveries of the database that give way */
    record Plan(List<Planned> planned, List<UUID> superseded) {}

    private record Waiting(Held held, Optional<Notice> fresh) {
        static Waiting fresh(UUID delivery, Notice notice, Place place, List<Replaced> told, Timing timing) {
            return new Waiting(
                    new Held(delivery, place, false, notice.type(), notice.at(), told, timing), Optional.of(notice));
        }

        /** What is told instead of this one. */
        List<Replaced> told() {
            var told = new ArrayList<>(held.replaced);
            told.add(new Replaced(held.type, held.at));
            return told;
        }

        Planned planned(String state, Optional<String> slot, Optional<String> reason) {
            return new Planned(
                    held.delivery,
                    fresh.orElseThrow(),
                    Optional.of(held.place.channel),
                    state,
                    slot,
                    reason,
                    held.replaced,
                    held.timing);
        }
    }

    private Fanout(Map<UUID, List<Hearer>> active, List<Held> open, List<Held> next) {
        this.active = active;
        open.forEach(held -> this.open.put(held.place, new Waiting(held, Optional.empty())));
        next.forEach(held -> this.next.put(held.place, new Waiting(held, Optional.empty())));
    }

    /**
     * @param notices in the order they happened
     * @param active  by account
     */
    static Plan plan(List<Notice> notices, Map<UUID, List<Hearer>> active, List<Held> open, List<Held> next) {
        var fanout = new Fanout(active, open, next);
        notices.forEach(fanout::spread);
        return fanout.plan();
    }

    private void spread(Notice notice) {
        notice.handling().suppressed().ifPresentOrElse(why -> keep(notice, why), () -> reach(notice));
    }

    /** Nobody is told. That it is over still ends what waits: nobody must hear later that it began. */
    private void keep(Notice notice, String why) {
        finished.add(suppressed(notice, Optional.empty(), why));
        if (Drilled.played(notice.type()).equals("alert.resolved")) {
            withdraw(notice, next);
            withdraw(notice, open);
        }
    }

    private void withdraw(Notice notice, Map<Place, Waiting> waiting) {
        var ended = waiting.values().stream()
                .filter(it -> notice.alert().filter(it.held.place.alert::equals).isPresent())
                .filter(it -> !it.held.leased)
                .toList();
        ended.forEach(this::supersede);
        ended.forEach(it -> waiting.remove(it.held.place));
    }

    private void reach(Notice notice) {
        var reachable = reachable(notice, active.getOrDefault(notice.account(), List.of()));
        if (reachable.isEmpty()) {
            finished.add(suppressed(notice, Optional.empty(), NO_CHANNEL));
        }
        reachable.forEach(hearer -> reach(notice, hearer));
    }

    private void reach(Notice notice, Hearer hearer) {
        var channel = hearer.channel();
        if (hearer.wants().test(notice.type())) {
            notice.alert()
                    .ifPresentOrElse(
                            alert -> place(notice, new Place(alert, channel)), () -> alone.add(open(notice, channel)));
        } else {
            finished.add(suppressed(notice, Optional.of(channel), UNWANTED));
        }
    }

    /** Those it is for; where none of them is active, an alert goes to all others rather than to nobody. */
    private static List<Hearer> reachable(Notice notice, List<Hearer> active) {
        return notice.channels()
                .map(listed -> active.stream()
                        .filter(hearer -> listed.contains(hearer.channel()))
                        .toList())
                .filter(listed -> !listed.isEmpty() || notice.alert().isEmpty())
                .orElseGet(() -> active.stream()
                        .filter(hearer -> hearer.hearsAnyway(notice))
                        .toList());
    }

    private void place(Notice notice, Place place) {
        var opened = Optional.ofNullable(open.get(place));
        var queued = Optional.ofNullable(next.get(place));
        if (opened.isEmpty()) {
            open.put(place, Waiting.fresh(Ids.next(), notice, place, List.of(), Timing.FRESH));
        } else if (!opened.get().held.leased && gives(opened, notice) && gives(queued, notice)) {
            open.put(place, inPlaceOf(notice, place, opened, queued));
            next.remove(place);
        } else if (notice.handling().hold().isPresent() && !opened.get().held.leased) {
            finished.add(suppressed(notice, Optional.of(place.channel), NEWS_WAITS));
        } else if (gives(queued, notice)) {
            next.put(place, inPlaceOf(notice, place, Optional.empty(), queued));
        } else {
            finished.add(suppressed(notice, Optional.of(place.channel), NEWS_WAITS));
        }
    }

    private static boolean gives(Optional<Waiting> older, Notice newer) {
        return older.stream().allMatch(it -> Urgency.mayReplace(newer.type(), it.held.type));
    }

    private Waiting inPlaceOf(Notice notice, Place place, Optional<Waiting> opened, Optional<Waiting> queued) {
        var told = new ArrayList<Replaced>();
        opened.ifPresent(older -> told.addAll(older.told()));
        queued.ifPresent(older -> told.addAll(older.told()));
        opened.ifPresent(this::supersede);
        queued.ifPresent(this::supersede);
        var timing = opened.map(older -> older.held.timing).orElse(Timing.FRESH);
        return Waiting.fresh(Ids.next(), notice, place, told, timing);
    }

    private void supersede(Waiting older) {
        if (older.fresh.isPresent()) {
            finished.add(older.planned("superseded", Optional.empty(), Optional.of(REPLACED)));
        } else {
            superseded.add(older.held.delivery);
        }
    }

    private static Planned open(Notice notice, UUID channel) {
        return new Planned(
                Ids.next(),
                notice,
                Optional.of(channel),
                "pending",
                Optional.of("open"),
                Optional.empty(),
                List.of(),
                Timing.FRESH);
    }

    private static Planned suppressed(Notice notice, Optional<UUID> channel, String reason) {
        return new Planned(
                Ids.next(),
                notice,
                channel,
                "suppressed",
                Optional.empty(),
                Optional.of(reason),
                List.of(),
                Timing.FRESH);
    }

    private Plan plan() {
        var planned = new ArrayList<>(finished);
        planned.addAll(alone);
        open.values().stream()
                .filter(it -> it.fresh.isPresent())
                .forEach(it -> planned.add(it.planned("pending", Optional.of("open"), Optional.empty())));
        next.values().stream()
                .filter(it -> it.fresh.isPresent())
                .forEach(it -> planned.add(it.planned("pending", Optional.of("next"), Optional.empty())));
        return new Plan(List.copyOf(planned), List.copyOf(superseded));
    }
}
