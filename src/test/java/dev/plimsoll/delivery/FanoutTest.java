package dev.plimsoll.delivery;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plimsoll.delivery.Fanout.Held;
import dev.plimsoll.delivery.Fanout.Place;
import dev.plimsoll.delivery.Fanout.Planned;
import dev.plimsoll.delivery.Notice.Handling;
import dev.plimsoll.rule.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class FanoutTest {
    private static final UUID ACCOUNT = id(1);
    private static final UUID ALERT = id(2);
    private static final UUID CHANNEL = id(3);
    private static final Map<UUID, List<Hearer>> ONE_CHANNEL = Map.of(ACCOUNT, List.of(all(CHANNEL)));

    @Test
    void theFirstNoticeIsOpen() {
        assertThat(plan(List.of("alert.firing"), List.of(), List.of())).containsExactly("open alert.firing []");
    }

    @Test
    void newsTakesThePlaceOfAnOpenOneThatNobodyIsSending() {
        assertThat(plan(List.of("alert.resolved"), List.of(held("alert.firing", false)), List.of()))
                .containsExactly("open alert.resolved [alert.firing]");
    }

    @Test
    void newsWaitsBehindOneThatIsBeingSent() {
        assertThat(plan(List.of("alert.resolved"), List.of(held("alert.firing", true)), List.of()))
                .containsExactly("next alert.resolved []");
    }

    @Test
    void newsTakesThePlaceOfNextAndTellsOfItButNotOfTheOneBeingSent() {
        assertThat(plan(
                        List.of("alert.resolved"),
                        List.of(held("alert.firing", true)),
                        List.of(held("alert.worsened", false))))
                .containsExactly("next alert.resolved [alert.worsened]");
    }

    @Test
    void aRepetitionNeverTakesThePlaceOfNews() {
        assertThat(plan(List.of("alert.acknowledged"), List.of(held("alert.firing", false)), List.of()))
                .containsExactly("next alert.acknowledged []");
        assertThat(plan(
                        List.of("alert.repeated"),
                        List.of(held("alert.firing", true)),
                        List.of(held("alert.worsened", false))))
                .containsExactly("suppressed alert.repeated []");
    }

    @Test
    void aRepetitionThatIsHeldBackIsNothingBesideNewsThatWaitsAnyway() {
        var held = handled(
                "alert.repeated",
                new Handling(Optional.empty(), Optional.of(Duration.ofHours(8)), Optional.empty(), false));

        assertThat(plan(held, List.of(held("alert.firing", false)), List.of()))
                .containsExactly("suppressed alert.repeated []");
        assertThat(plan(held, List.of(held("alert.firing", true)), List.of()))
                .containsExactly("next alert.repeated []");
    }

    @Test
    void whatIsSuppressedIsKeptOnceForNoChannel() {
        var silenced = handled("alert.worsened", Handling.suppressed("silenced: we move house"));

        var planned = Fanout.plan(List.of(silenced), ONE_CHANNEL, List.of(held("alert.firing", false)), List.of());

        assertThat(planned.superseded()).isEmpty();
        assertThat(planned.planned()).singleElement().satisfies(one -> {
            assertThat(one.state()).isEqualTo("suppressed");
            assertThat(one.channel()).isEmpty();
            assertThat(one.reason()).contains("silenced: we move house");
        });
    }

    @Test
    void thatItIsOverInSilenceEndsWhatStillWaitsToSayThatItBegan() {
        var silenced = handled("alert.resolved", Handling.suppressed("silenced: we move house"));
        var waiting = held("alert.firing", false);

        assertThat(Fanout.plan(List.of(silenced), ONE_CHANNEL, List.of(waiting), List.of())
                        .superseded())
                .containsExactly(waiting.delivery());
        assertThat(Fanout.plan(List.of(silenced), ONE_CHANNEL, List.of(held("alert.firing", true)), List.of())
                        .superseded())
                .isEmpty();
    }

    @Test
    void newsTakesBothPlacesWhenNobodyIsSending() {
        assertThat(plan(
                        List.of("alert.worsened"),
                        List.of(held("alert.firing", false)),
                        List.of(held("alert.acknowledged", false))))
                .containsExactly("open alert.worsened [alert.firing, alert.acknowledged]");
    }

    @Test
    void whatAKindOfChannelDoesNotTellOfIsKeptWithThatReasonAndReplacesNothing() {
        var quiet = Map.of(ACCOUNT, List.of(new Hearer(CHANNEL, type -> !type.equals("alert.snoozed"))));
        var snoozed = notice(1, "alert.snoozed", Optional.empty());

        var plan = Fanout.plan(List.of(snoozed), quiet, List.of(held("alert.acknowledged", false)), List.of());

        assertThat(plan.superseded()).isEmpty();
        assertThat(plan.planned()).singleElement().satisfies(one -> {
            assertThat(one.state()).isEqualTo("suppressed");
            assertThat(one.reason()).contains("channels of this kind do not tell of it");
            assertThat(one.channel()).contains(CHANNEL);
        });
    }

    @Test
    void anotherPersonsChannelIsNotAmongAllChannels() {
        var channels = Map.of(ACCOUNT, List.of(all(CHANNEL), buddy(id(77))));

        var plan = Fanout.plan(List.of(notice(1, "alert.firing", Optional.empty())), channels, List.of(), List.of());

        assertThat(plan.planned())
                .extracting(one -> one.channel().orElseThrow())
                .containsExactly(CHANNEL);
    }

    @Test
    void anotherPersonIsToldWhereTheirChannelIsNamedAndThenHowItGoesOn() {
        var named = notice(2, "alert.escalated", Optional.of(List.of(id(77))));
        var over = notice(3, "alert.resolved", Optional.empty());

        var first = Fanout.plan(
                List.of(named), Map.of(ACCOUNT, List.of(all(CHANNEL), buddy(id(77)))), List.of(), List.of());
        var later = Fanout.plan(
                List.of(over), Map.of(ACCOUNT, List.of(all(CHANNEL), buddy(id(77), ALERT))), List.of(), List.of());

        assertThat(first.planned())
                .extracting(one -> one.channel().orElseThrow())
                .containsExactly(id(77));
        assertThat(later.planned())
                .extracting(one -> one.channel().orElseThrow())
                .containsExactlyInAnyOrder(CHANNEL, id(77));
    }

    @Test
    void anotherPersonIsNotToldInPlaceOfChannelsThatAreGone() {
        var named = notice(2, "alert.firing", Optional.of(List.of(id(9))));

        var plan = Fanout.plan(List.of(named), Map.of(ACCOUNT, List.of(buddy(id(77)))), List.of(), List.of());

        assertThat(plan.planned())
                .singleElement()
                .satisfies(one -> assertThat(one.reason()).contains("no active channel"));
    }

    private static Hearer buddy(UUID channel, UUID... toldOf) {
        return new Hearer(channel, type -> true, Optional.of(Set.of(toldOf)));
    }

    @Test
    void severalNoticesOfOneBatchFollowTheSameRules() {
        assertThat(plan(List.of("alert.firing", "alert.worsened", "alert.repeated"), List.of(), List.of()))
                .containsExactlyInAnyOrder(
                        "superseded alert.firing []", "open alert.worsened [alert.firing]", "next alert.repeated []");
    }

    @Test
    void aNoticeForChannelsOfItsOwnGoesThereAndToAllOthersWhereNoneOfThemIsActive() {
        var other = id(4);
        var listed = notice(1, "alert.firing", Optional.of(List.of(other)));

        var both =
                Fanout.plan(List.of(listed), Map.of(ACCOUNT, List.of(all(CHANNEL), all(other))), List.of(), List.of());
        var gone = Fanout.plan(List.of(listed), ONE_CHANNEL, List.of(), List.of());

        assertThat(both.planned()).extracting(Planned::channel).containsExactly(Optional.of(other));
        assertThat(gone.planned()).extracting(Planned::channel).containsExactly(Optional.of(CHANNEL));
        assertThat(gone.planned()).extracting(Planned::state).containsExactly("pending");
    }

    /** Whatever happens, nothing is lost: what is not to be delivered is told by what is, or says why. */
    @Property
    void everyNoticeIsPlannedOnceAndPlacesAreTakenOnce(@ForAll("types") List<String> types, @ForAll boolean leased) {
        var notices = IntStream.range(0, types.size())
                .mapToObj(i -> notice(i + 1, types.get(i), Optional.empty()))
                .toList();

        var plan = Fanout.plan(notices, ONE_CHANNEL, List.of(held("alert.firing", leased)), List.of());

        assertThat(plan.planned())
                .extracting(planned -> planned.notice().id())
                .hasSize(types.size())
                .doesNotHaveDuplicates();
        var places = plan.planned().stream()
                .flatMap(planned -> planned.slot().stream())
                .toList();
        assertThat(places).doesNotHaveDuplicates();
        var told = new HashSet<Instant>();
        plan.planned().stream()
                .filter(planned -> planned.slot().isPresent())
                .forEach(planned -> planned.replaced().forEach(replaced -> told.add(replaced.at())));
        var bySate = plan.planned().stream().collect(groupingBy(Planned::state));
        bySate.getOrDefault("superseded", List.of())
                .forEach(planned -> assertThat(told).contains(planned.notice().at()));
        bySate.getOrDefault("suppressed", List.of())
                .forEach(planned -> assertThat(planned.reason()).isPresent());
        assertThat(plan.superseded().isEmpty() || !leased).isTrue();
    }

    @Provide
    Arbitrary<List<String>> types() {
        return Arbitraries.of(
                        "alert.firing",
                        "alert.worsened",
                        "alert.escalated",
                        "alert.resolved",
                        "alert.repeated",
                        "alert.acknowledged")
                .list()
                .ofMaxSize(8);
    }

    private static List<String> plan(List<String> types, List<Held> open, List<Held> next) {
        var notices = IntStream.range(0, types.size())
                .mapToObj(i -> notice(i + 1, types.get(i), Optional.empty()))
                .toList();
        return Fanout.plan(notices, ONE_CHANNEL, open, next).planned().stream()
                .map(planned -> planned.slot().orElse(planned.state()) + " "
                        + planned.notice().type() + " "
                        + planned.replaced().stream()
                                .map(Message.Replaced::type)
                                .toList())
                .toList();
    }

    private static List<String> plan(Notice notice, List<Held> open, List<Held> next) {
        return Fanout.plan(List.of(notice), ONE_CHANNEL, open, next).planned().stream()
                .map(planned -> planned.slot().orElse(planned.state()) + " "
                        + planned.notice().type() + " " + planned.replaced())
                .toList();
    }

    private static Notice handled(String type, Handling handling) {
        return DeliveryFixture.handled(notice(1, type, Optional.empty()), handling);
    }

    private static Notice notice(int sequence, String type, Optional<List<UUID>> channels) {
        return new Notice(
                id(100 + sequence),
                ACCOUNT,
                Optional.of(ALERT),
                Optional.of(sequence),
                type,
                Severity.WARNING,
                Instant.EPOCH.plusSeconds(1_000 + sequence),
                channels,
                "{}",
                "");
    }

    private static Held held(String type, boolean leased) {
        return new Held(
                UUID.randomUUID(), new Place(ALERT, CHANNEL), leased, type, Instant.EPOCH, List.of(), Timing.FRESH);
    }

    private static Hearer all(UUID channel) {
        return new Hearer(channel, type -> true);
    }

    private static UUID id(long number) {
        return new UUID(0, number);
    }
}
